import Archive
import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Monitoring

@Suite struct `A webhook of a service` {
    private func told(
        _ kind: WebhookKind, largestFile: ByteCount? = nil, film: Int = 2000, poster: Int? = 300, smaller: Int? = nil
    ) async throws -> ScriptedRequest {
        let folder = try TemporaryFolder()
        var timelapse = ArchivedTimelapse(
            rule: "print", camera: try CameraName("mk3"), subject: .print(7), since: Timestamp(seconds: 0),
            until: Timestamp(seconds: 60), dueAt: Timestamp(seconds: 60))
        timelapse.state = .made
        timelapse.files = [.init(path: folder.path + "/mk3 “@everyone”.mp4", bytes: Int64(film))]
        try Data(repeating: 0x46, count: film).write(to: URL(filePath: timelapse.files[0].path))
        if let poster {
            timelapse.poster = folder.path + "/mk3.jpg"
            try Data(repeating: 0x50, count: poster).write(to: URL(filePath: folder.path + "/mk3.jpg"))
        }
        let alert = Alert.timelapseReady(timelapse, at: Timestamp(seconds: 90))
        return try await ScriptedServer.with(.http(204)) { server in
            let webhook = try Webhook(parsing: server.url + "/canary", kind: kind, largestFile: largestFile)
            try await withConnections { connections in
                var delivery = AlertDelivery(
                    handlers: [try EventHandler(.webhook(webhook))], transport: connections, pause: { _ in },
                    tell: { _ in })
                let fitted = folder.path + "/smaller.mp4"
                if let smaller {
                    delivery.fit = { _, _ in
                        FileManager.default.createFile(
                            atPath: fitted, contents: Data(repeating: 0x53, count: smaller)) ? fitted : nil
                    }
                }
                await delivery.deliver(alert)
                #expect(!FileManager.default.fileExists(atPath: fitted))
            }
            return try #require(server.requests.first)
        }
    }

    private let film = String(repeating: "F", count: 2000)
    private let poster = String(repeating: "P", count: 300)

    @Test func `gets the file as a form`() async throws {
        let request = try await told(.multipart)
        #expect(request.header("Content-Type")?.hasPrefix("multipart/form-data; boundary=printlapse-") == true)
        #expect(request.body.contains("name=\"event\"\r\nContent-Type: application/json\r\n\r\n{"))
        #expect(request.body.contains("\"event\":\"timelapse_ready\""))
        #expect(request.body.contains("Content-Type: video/mp4\r\n\r\n\(film)\r\n--printlapse-"))
    }

    @Test func `gets a message of Discord with the file, which calls nobody`() async throws {
        let request = try await told(.discord)
        #expect(request.body.contains("name=\"payload_json\""))
        #expect(request.body.contains("\"allowed_mentions\":{\"parse\":[]}"))
        #expect(request.body.contains("name=\"files[0]\"; filename=\"mk3 “@everyone”.mp4\""))
        #expect(request.body.contains("\r\n\r\n\(film)\r\n"))
    }

    @Test func `gets the file as ntfy wants it`() async throws {
        let request = try await told(.ntfy)
        #expect(request.body == film)
        #expect(request.header("Filename") == "mk3 “@everyone”.mp4")
        #expect(request.header("Title") == "Printlapse: timelapse_ready")
        #expect(request.header("Message")?.contains("is ready") == true)
    }

    @Test(arguments: [WebhookKind.discord, .ntfy, .multipart])
    func `gets the poster and a sentence where the file is too large, and the sentence where that is, too`(
        kind: WebhookKind
    ) async throws {
        let withPoster = try await told(kind, largestFile: ByteCount(1000))
        #expect(withPoster.body.contains(poster))
        #expect(!withPoster.body.contains(film))
        let alone = try await told(kind, largestFile: ByteCount(100))
        #expect(!alone.body.contains(poster))
        #expect(!alone.body.contains(film))
        if kind != .multipart {
            #expect((withPoster.body + (withPoster.header("Message") ?? "")).contains("too large to be sent"))
            #expect(alone.body.contains("too large to be sent"))
        }
    }

    @Test func `gets a version that was made to fit, and the poster where that is too large, too`() async throws {
        let fitting = try await told(.discord, largestFile: ByteCount(1000), smaller: 900)
        #expect(fitting.body.contains("\r\n\r\n" + String(repeating: "S", count: 900) + "\r\n"))
        #expect(fitting.body.contains("filename=\"mk3 “@everyone”.mp4\""))
        #expect(fitting.body.contains("This is a smaller version."))
        let large = try await told(.discord, largestFile: ByteCount(1000), smaller: 1001)
        #expect(large.body.contains(poster))
        let unneeded = try await told(.discord, smaller: 900)
        #expect(unneeded.body.contains(film))
    }

    @Test func `gets a document as before where it is none that is known`() async throws {
        let request = try await told(.json)
        #expect(request.header("Content-Type") == "application/json")
        #expect(request.body.contains("\"event\":\"timelapse_ready\""))
    }
}
