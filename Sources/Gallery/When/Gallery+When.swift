internal import Catalog
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

extension Gallery {
    /// `GET /cameras/{camera}/when`
    func getWhen(_ visit: Visit) async throws -> Response {
        let text = try visit.query.required("region", try visit.query.text("region", atMost: 23))
        guard let region = PictureRegion(text) else { throw Problem.badRequest("“region” is no x,y,width,height.") }
        let (since, until) = (try visit.query.time("since"), try visit.query.time("until"))
        let camera = try await visit.camera()
        let newest = try await catalog.frames(
            FrameQuery(camera: camera, since: since, until: until, limit: 1, order: .newestFirst)
        ).first
        if let newest {
            let size = try await catalog.standingSize(of: newest)
            guard region.lies(in: size) else {
                throw Problem.badRequest("“region” lies outside of the picture, which has \(size) pixels.")
            }
        }
        guard let turn = searches.turn() else { throw Problem.busy(retryAfter: .seconds(2)) }
        let search = ChangeSearch(catalog, camera: camera, region: region, since: since, until: until)
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                // Something is written several times a second; who has gone is noticed then, and that ends the search.
                do {
                    for try await news in search.news {
                        guard visit.isHere() else { throw CancellationError() }
                        try await writer.write(WhenLines.text(of: news))
                    }
                } catch let error as ArchiveError {
                    try await writer.write(WhenLines.text(of: error))
                }
                try await writer.finish(nil)
                withExtendedLifetime(turn) {}
            })
    }
}

/// What a visitor is told of a search, in lines of JSON.
private enum WhenLines {
    static func text(of news: ChangeSearch.News) throws -> ByteBuffer {
        switch news {
        case .progress(let progress): try text(of: progress)
        case .result(let result): try text(of: result)
        }
    }

    private static func text(of progress: ChangeSearch.Progress) throws -> ByteBuffer {
        var line = JSONColumns()
        try line.add("kind", "progress")
        try line.add("frames_done", progress.done)
        try line.add("frames_total", progress.total)
        var curve = JSONColumns()
        try curve.add("kind", "curve")
        curve.add("times", column: progress.times.map { Int($0.milliseconds) })
        curve.add("changes", column: progress.changes)
        return text(of: [line, curve])
    }

    private static func text(of result: ChangeSearch.Result) throws -> ByteBuffer {
        var line = JSONColumns()
        try line.add("kind", "result")
        try line.add("frames", result.frames)
        try line.add("moments", result.moments)
        try line.add("for_good", result.forGood)
        return text(of: [line])
    }

    static func text(of error: ArchiveError) throws -> ByteBuffer {
        var line = JSONColumns()
        try line.add("kind", "error")
        try line.add("label", error.label)
        // The error's own words have a path in them.
        try line.add("detail", "The archive cannot be read.")
        return text(of: [line])
    }

    private static func text(of lines: [JSONColumns]) -> ByteBuffer {
        var text = ByteBuffer()
        for line in lines {
            text.writeImmutableBuffer(line.object)
            text.writeString("\n")
        }
        return text
    }
}
