internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Gallery {
    /// `GET /events`
    func getEvents(_ visit: Visit) async throws -> Response {
        let last = visit.request.headers[.lastEventID].flatMap { Int(wholly: $0) }
        guard let listener = news.listen(after: last) else { throw Problem.busy(retryAfter: .seconds(10)) }
        let headers: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
        ]
        if visit.request.method == .head {
            news.leave(listener)
            return Response(status: .ok, headers: headers)
        }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { [news] writer in
                defer { news.leave(listener) }
                try await withTaskExecutorPreference(GalleryServer.executor) {
                    try await EventStream(listener).write(to: &writer)
                }
                try await writer.finish(nil)
            })
    }
}

/// Server-sent events, as the HTML standard writes them.
private struct EventStream: Sendable {
    private let listener: News.Listener

    init(_ listener: News.Listener) { self.listener = listener }

    /// Writes until the visitor is gone, or is let go for not reading, or the server ends.
    @concurrent
    func write(to writer: inout any ResponseBodyWriter) async throws {
        var begin = Self.event("hello", ByteBuffer(string: "{}"), number: listener.last)
        if let missed = listener.missed {
            for event in missed { begin.writeImmutableBuffer(Self.bytes(of: event)) }
        } else {
            begin.writeImmutableBuffer(Self.event("missed", ByteBuffer(string: "{}"), number: nil))
        }
        try await writer.write(begin)
        for await events in listener.events {
            var together = ByteBuffer()
            for event in events { together.writeImmutableBuffer(Self.bytes(of: event)) }
            try await writer.write(together)
        }
        try await writer.write(Self.event("missed", ByteBuffer(string: "{}"), number: nil))
    }

    private static func bytes(of event: NewsRing.Event) -> ByteBuffer {
        event.kind.isEmpty ? ByteBuffer(string: ":\n\n") : Self.event(event.kind, event.data, number: event.number)
    }

    private static func event(_ kind: String, _ data: ByteBuffer, number: Int?) -> ByteBuffer {
        var text = ByteBuffer(string: (number.map { "id: \($0)\n" } ?? "") + "event: \(kind)\ndata: ")
        text.writeImmutableBuffer(data)
        text.writeString("\n\n")
        return text
    }
}
