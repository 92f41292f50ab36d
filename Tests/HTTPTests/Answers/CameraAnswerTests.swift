import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

/// Answers as cameras were reported to give them, each of which browsers or curl show a picture of.
@Suite(.timeLimit(.minutes(1))) struct `What a camera answers` {
    private func fetch(_ answer: String, lenient: Bool, closing: Bool = true) async throws -> Result<
        String, HTTPError
    > {
        let script = ScriptedAnswer([.text(answer)] + (closing ? [.close] : []))
        return try await ScriptedServer.with(script) { server in
            try await withConnections { connections in
                let (address, _) = try WebAddress.withCredentials(parsing: server.url, as: .camera)
                let fetch = Fetch(
                    respondent: .camera, redirects: .sameOrigin, deadline: .seconds(20), limit: ByteCount(1000),
                    reading: AnswerReading(isLenient: lenient, takesFirstPart: lenient, usefulFor: .seconds(20)))
                do throws(HTTPError) {
                    let response = try await fetch.response(to: address, credentials: nil, through: connections)
                    return .success(String(buffer: response.body))
                } catch {
                    return .failure(error)
                }
            }
        }
    }

    static let odd: [(String, String)] = [
        ("a field without a name (GoAhead)", "HTTP/1.1 200 OK\r\n: no-cache\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("a line without a colon", "HTTP/1.1 200 OK\r\nNo cache\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 4\n\nJPEG"),
        ("both line ends", "HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\nContent-Length: 4\n\r\nJPEG"),
        ("a space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nJPEG"),
        ("a name that is no token", "HTTP/1.1 200 OK\r\nDate Time: now\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("a first field line that goes on with nothing", "HTTP/1.1 200 OK\r\n folded\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("a control character in a value", "HTTP/1.1 200 OK\r\nServer: \u{1}cam\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("small letters", "http/1.0 200 ok\r\ncontent-length: 4\r\n\r\nJPEG"),
        ("ICY", "ICY 200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("two spaces before the status", "HTTP/1.1  200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("a version without its minor part", "HTTP/1 200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("HTTP/2.0 in plain text", "HTTP/2.0 200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("a Content-Length of -1", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nJPEG"),
        ("a Content-Length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: unknown\r\n\r\nJPEG"),
        (
            "chunks and a Content-Length",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nJPEG\r\n0\r\n\r\n"
        ),
        ("chunk sizes with spaces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4  \r\nJPEG\r\n0\r\n\r\n"),
        ("chunks with bare line feeds", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nJPEG\n0\n\n"),
    ]

    @Test(arguments: odd)
    func `is taken as browsers and curl take it`(name: String, answer: String) async throws {
        #expect(try await fetch(answer, lenient: true).get() == "JPEG", "\(name)")
    }

    @Test(arguments: odd)
    func `is not taken so from a tunnel`(name: String, answer: String) async throws {
        let result = try await fetch(answer, lenient: false)
        guard case .failure(let error) = result else {
            Issue.record("\(name): \(result)")
            return
        }
        #expect(["not_http", "cut_short"].contains(error.label), "\(name)")
    }

    @Test(arguments: [
        ("to the end of the connection", "HTTP/1.1 200 OK\r\n\r\nJPEG"),
        ("to the end, before HTTP/1.1", "HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\nJPEG"),
        ("with no reason", "HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("with a value that goes on", "HTTP/1.1 200 OK\r\nServer: a\r\n b\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("with a length twice", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("after Continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("after an empty line", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nJPEG"),
        ("and more", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nJPEGEG"),
    ])
    func `within the standard is taken from anybody`(name: String, answer: String) async throws {
        for lenient in [false, true] {
            #expect(try await fetch(answer, lenient: lenient).get() == "JPEG", "\(name)")
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nJPEG", "SSH-2.0-dropbear\r\n", "\r\n\r\n",
        "JPEG",
        "<html>", "RTSP/1.0 200 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\nJPEG", "HTTP/1.1 101 Go\r\n\r\nJPEG",
    ])
    func `that is none is refused all the same`(answer: String) async throws {
        guard case .failure(let error) = try await fetch(answer, lenient: true) else {
            Issue.record("taken")
            return
        }
        #expect(["not_http", "cut_short"].contains(error.label))
    }

    @Test func `with a status below 100 is that status, and nothing ends`() async throws {
        for lenient in [false, true] {
            let result = try await fetch(
                "HTTP/1.1 099 Odd\r\nContent-Length: 4\r\n\r\nJPEG", lenient: lenient, closing: false)
            #expect(
                result == .failure(.status(.unexpected(99, retryAfter: nil), from: .camera, received: ByteCount(4))))
        }
    }

    // MARK: Streams

    @Test(arguments: [
        ("with lengths", "--b\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nJPEG\r\n--b\r\n"),
        ("without lengths", "--b\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n--b\r\nContent-Type"),
        ("with bare line feeds", "--b\nContent-Type: image/jpeg\n\nJPEG\n--b\n"),
        ("with an empty line before", "\r\n--b\r\nContent-Length:4\r\n\r\nJPEG"),
        ("with an empty part before", "--b\r\nContent-Length: 0\r\n\r\n\r\n--b\r\n\r\nJPEG\r\n--b"),
        ("with another boundary than announced", "--other--\r\n\r\nJPEG\r\n--other--"),
    ])
    func `as a stream gives its first picture, and is left`(name: String, body: String) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"
        // The connection stays open, as a stream's does.
        #expect(try await fetch(head + body, lenient: true, closing: false).get() == "JPEG", "\(name)")
    }

    @Test func `in one part alone is that part, also to the end of the connection`() async throws {
        let head = "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=\"b\"\r\n\r\n"
        #expect(try await fetch(head + "--b\r\nContent-Type: image/jpeg\r\n\r\nJPEG", lenient: true).get() == "JPEG")
    }

    @Test func `as a stream that ends within its first picture is torn`() async throws {
        let head = "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=b\r\n\r\n"
        let result = try await fetch(head + "--b\r\nContent-Length: 9\r\n\r\nJPEG", lenient: true)
        guard case .failure(.cutShort(_, let body)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(body.map { String(buffer: $0) } == "JPEG")
    }

    @Test func `as a stream without a picture stops at the limit`() async throws {
        let stream = ScriptedAnswer([
            .send(ScriptedAnswer.head(headers: [("Content-Type", "multipart/x-mixed-replace;boundary=x")])),
            .text("--x\r\n\r\n"), .endlessly(ByteBuffer(repeating: 65, count: 65_536)),
        ])
        try await ScriptedServer.with(stream) { server in
            try await withConnections { connections in
                let (address, _) = try WebAddress.withCredentials(parsing: server.url, as: .camera)
                var request = HTTPExchangeRequest(address)
                request.reading = AnswerReading(isLenient: true, takesFirstPart: true, usefulFor: .seconds(60))
                let error = await httpError { [request] in
                    try await connections.send(request, within: .seconds(60), atMost: ByteCount(1_000_000))
                }
                #expect(error?.label == "too_large")
            }
        }
    }
}
