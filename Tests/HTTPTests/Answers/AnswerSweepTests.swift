import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import HTTP

/// Answers of every kind that a client library is not made for, over real sockets, by a whole client. What each comes to is of
/// less interest here than that it comes to something, within its time, and that the client goes on.
@Suite(.timeLimit(.minutes(2))) struct `Whatever a peer answers` {
    /// Requests that run at the same time.
    private static let lanes = 8

    private func sweep(_ all: [String], lenient: Bool) async throws -> [String: Int] {
        // What is taken exactly is the smaller part of what is taken leniently: a third of it does.
        let answers = lenient ? all : stride(from: 0, to: all.count, by: 3).map { all[$0] }
        var labels: [String: Int] = [:]
        try await withConnections { connections in
            try await withThrowingTaskGroup(of: [String].self) { group in
                for lane in 0..<Self.lanes {
                    let mine = stride(from: lane, to: answers.count, by: Self.lanes).map { answers[$0] }
                    group.addTask { try await self.outcomes(of: mine, by: connections, lenient: lenient) }
                }
                for try await found in group { for label in found { labels[label, default: 0] += 1 } }
            }
            // The client itself is as well as before.
            let text = try await ScriptedServer.with(.http(text: "good")) { try await connections.get($0.url).body }
            #expect(String(buffer: text) == "good")
        }
        #expect(labels.values.reduce(0, +) == answers.count)
        #expect(labels["no_answer"] == nil && labels["cancelled"] == nil, "\(labels)")
        return labels
    }

    private func outcomes(
        of answers: [String], by connections: HTTPConnections, lenient: Bool
    ) async throws -> [String] {
        let script = answers.map { ScriptedAnswer([.text($0), .close]) }
        let server = try await ScriptedServer.start(script)
        let (address, _) = try WebAddress.withCredentials(parsing: server.url, as: .camera)
        var labels: [String] = []
        for answer in answers {
            let fetch = Fetch(
                respondent: .camera, redirects: .sameOrigin, deadline: .seconds(30), limit: ByteCount(1000),
                reading: AnswerReading(isLenient: lenient, takesFirstPart: lenient, usefulFor: .seconds(30)))
            let before = server.requests.count
            let error = await httpError {
                try await fetch.response(to: address, credentials: nil, through: connections)
            }
            #expect(server.requests.count > before, "\(answer.debugDescription)")
            labels.append(error?.label ?? "answered")
        }
        await server.stop()
        return labels
    }

    private static let bodies = [
        "", "Content-Length: 4\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n",
    ]

    @Test(arguments: [false, true]) func `every status from 000 to 999, with and without a body`(lenient: Bool)
        async throws
    {
        var answers: [String] = []
        for status in 0...999 {
            let digits = String(repeating: "0", count: 3 - "\(status)".count) + "\(status)"
            let (field, body) = (
                Self.bodies[status % Self.bodies.count], status % 3 == 0 ? "" : "4\r\nfour\r\n0\r\n\r\n"
            )
            answers.append("HTTP/1.1 \(digits) Reason\r\n\(field)\r\n\(body)")
        }
        let labels = try await sweep(answers, lenient: lenient)
        #expect(labels["unexpected_status", default: 0] > (lenient ? 600 : 100))
    }

    @Test(arguments: [false, true]) func `every version, reason and line end`(lenient: Bool) async throws {
        let versions = [
            "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/1.9", "HTTP/9.9", "HTTP/11.1",
            "HTTP/1.",
            "HTTP/", "HTTP", "http/1.1", "ICY", "RTSP/1.0", "SIP/2.0", "", " HTTP/1.1", "\tHTTP/1.1", "XHTTP/1.1",
            "HTTP/99999999999999999999.1", "HTTP/-1.1", "HTTP /1.1", "HTTP/1.1.1", "\u{0}HTTP/1.1", "HTTP/1,1",
        ]
        let reasons = [
            "", " ", " OK", " \u{0}", " \u{7f}\u{1}", " Ö\u{80}", " \r", "  OK  ", "\tOK", "OK",
            " " + String(repeating: "a", count: 9000),
        ]
        var answers: [String] = []
        for version in versions {
            for (index, reason) in reasons.enumerated() {
                let end = index.isMultiple(of: 2) ? "\r\n" : "\n"
                let statuses = ["200", "99", "1000", "-10", "+20", "0x1", "200.0", "²⁰⁰", ""]
                for status in ["200", statuses[(answers.count / 2) % statuses.count]] {
                    answers.append("\(version) \(status)\(reason)\(end)Content-Length: 2\(end)\(end)ab")
                }
            }
        }
        _ = try await sweep(answers, lenient: lenient)
    }

    @Test(arguments: [false, true]) func `every way of framing, right and wrong`(lenient: Bool) async throws {
        let lengths = [
            nil, "0", "2", "3", "1", "-1", "+2", "2, 2", "2, 3", "0x2", "2 2", "", " ", "abc",
            "99999999999999999999999",
            "9223372036854775807", "18446744073709551615", "1001", "2;", "2\u{0}",
        ]
        let codings = [
            nil, "chunked", "Chunked", "identity", "gzip, chunked", "chunked, chunked", "chunked, identity", "x", "",
        ]
        let bodies = [
            "", "ab", "2\r\nab\r\n0\r\n\r\n", "2\nab\n0\n\n", "2;x=y\r\nab\r\n0\r\nTrailer: z\r\n\r\n", "0\r\n\r\n",
            "0002\r\nab\r\n0\r\n\r\n",
            "-2\r\nab\r\n", "ffffffffffffffff\r\nab", "7fffffffffffffff\r\nab", "10000000000000000000\r\nab", "g\r\n",
            "\r\n", "2\r\nabc\r\n0\r\n\r\n",
            "3e9\r\n" + String(repeating: "a", count: 1001) + "\r\n0\r\n\r\n", "2 \r\nab\r\n0\r\n\r\n",
            "0\r\n" + String(repeating: "a", count: 9000),
        ]
        var answers: [String] = []
        for length in lengths {
            for coding in codings {
                for body in bodies {
                    let fields =
                        (length.map { "Content-Length: \($0)\r\n" } ?? "")
                        + (coding.map { "Transfer-Encoding: \($0)\r\n" } ?? "")
                    answers.append("HTTP/1.1 200 OK\r\n\(fields)\r\n\(body)")
                }
            }
        }
        _ = try await sweep(answers, lenient: lenient)
    }

    @Test(arguments: [false, true]) func `field lines of every kind, too many and too long`(lenient: Bool) async throws
    {
        let lines = [
            ": x", ":", "x", "x y: z", "x : y", " folded", "\tfolded", "x:\u{0}", "x:\u{1b}[2J", "ä: ö", "\u{0}: y",
            "x:y\rz: w",
            "Location: /", "Location:", "Location: http://[", "Content-Encoding: gzip", "Connection: \u{0}",
            "Content-Type: multipart/x-mixed-replace", "Content-Type: multipart/mixed; boundary=",
            "WWW-Authenticate: Digest",
            "Retry-After: 99999999999999999999", "Retry-After: -1", "Date: never",
            String(repeating: "a", count: 70_000) + ": b", "a: " + String(repeating: "b", count: 70_000),
            Array(repeating: "a: b", count: 300).joined(separator: "\r\n"),
            Array(repeating: "Content-Length: 2", count: 200).joined(separator: "\r\n"),
            Array(repeating: " x", count: 300).joined(separator: "\r\n"),
        ]
        var answers: [String] = []
        for line in lines {
            for status in [100, 101, 200, 204, 302, 401, 429] {
                for end in ["\r\n", "\n", "\r", ""] {
                    answers.append("HTTP/1.1 \(status) OK\(end)\(line)\(end)Content-Length: 2\(end)\(end)ab")
                }
            }
        }
        answers.append(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 5000))
        answers.append(String(repeating: "\r\n", count: 40_000))
        answers.append(
            String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 20)
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab")
        _ = try await sweep(answers, lenient: lenient)
    }

    /// Good answers with bytes changed, left out, doubled and swapped by chance; the same chance each time.
    @Test(arguments: [false, true]) func `good answers spoiled by chance`(lenient: Bool) async throws {
        let good = [
            "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 20\r\n\r\n01234567890123456789",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n5;q=r\r\nabcde\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n--b\r\nContent-Type: image/jpeg\r\n"
                + "Content-Length: 5\r\n\r\nabcde\r\n--b\r\n\r\nfghij\r\n--b--\r\n",
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\\\"b\", nonce=\"c\", qop=\"auth\", stale=true\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /x?y=z\r\nContent-Length: 0\r\n\r\n",
        ]
        var generator = SpoilingChance(seed: lenient ? 1 : 2)
        let answers = (0..<1500).map { index in generator.spoil(good[index % good.count]) }
        _ = try await sweep(answers, lenient: lenient)
    }
}

/// Changes texts by chance that is the same each time (xorshift, Marsaglia 2003).
private struct SpoilingChance {
    private var state: UInt64

    init(seed: UInt64) {
        state = 0x9e37_79b9_7f4a_7c15 &* seed
    }

    private mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    mutating func spoil(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0...next(below: 4) {
            guard bytes.count > 2 else { break }
            let place = next(below: bytes.count)
            switch next(below: 6) {
            case 0: bytes[place] = UInt8(next(below: 128))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 8)], at: place)
            case 3: bytes.swapAt(place, next(below: bytes.count))
            case 4: bytes.removeLast(next(below: bytes.count / 2))
            default: bytes[place] = [0, 10, 13, 32, 58, 45, 48, 127][next(below: 8)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
