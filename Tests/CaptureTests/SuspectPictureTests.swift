import Archive
import CaptureSupport
import Catalog
import HTTP
import NIOCore
import Snapshots
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A suspect picture` {
    private static func picture(greyRows: Int, seed: UInt64) -> ScriptedAnswer {
        var scene = TestScene(width: 160, height: 120, seed: seed)
        scene.greyRows = greyRows
        return .http(body: ByteBuffer(bytes: TestEncoding.baseline.encode(scene).bytes))
    }

    /// - Returns: the frames that a capture keeps of a camera that gives these answers, and how often it was asked.
    private func frames(
        of answers: [ScriptedAnswer], slots: Int
    ) async throws -> (frames: [ArchivedFrame], requests: Int) {
        try await CaptureBench.with { bench in
            let server = try await ScriptedServer.start(answers)
            let url = try CameraURL(parsing: "\(server.url)/snapshot.jpg")
            let setup = CameraSetup(name: bench.camera, source: .url(url), policy: .every(.seconds(10)))
            let clock = VirtualClock(start: bench.clock.now(), population: 1)
            _ = try await bench.run([setup], JobEnd(slots: slots), clock: clock)
            await server.stop()
            let catalog = try Catalog.open(at: bench.path)
            return (try await catalog.frames(FrameQuery()), server.requests.count)
        }
    }

    @Test func `is asked for again, and let go where a sound one comes`() async throws {
        let answers = [Self.picture(greyRows: 60, seed: 1), Self.picture(greyRows: 0, seed: 2)]
        let (frames, requests) = try await frames(of: answers, slots: 1)
        #expect(frames.count == 1)
        #expect(frames[0].suspicion == nil)
        #expect(requests == 2)
    }

    @Test func `is kept and marked where the same bytes come again`() async throws {
        let (frames, requests) = try await frames(of: [Self.picture(greyRows: 60, seed: 1)], slots: 1)
        #expect(frames.map { $0.suspicion?.kind } == [.greyFoot])
        #expect(requests == 2)
    }

    @Test func `is not doubted anew in every slot in which it is still shown`() async throws {
        let (frames, requests) = try await frames(of: [Self.picture(greyRows: 60, seed: 1)], slots: 4)
        #expect(frames.map { $0.suspicion?.kind } == [.greyFoot])
        #expect(frames.map(\.seen) == [4])
        #expect(requests == 5)
    }

    @Test func `is kept where nothing better comes within the slot`() async throws {
        let answers = [Self.picture(greyRows: 60, seed: 1), .http(500)]
        let (frames, _) = try await frames(of: answers, slots: 1)
        #expect(frames.map { $0.suspicion?.kind } == [.greyFoot])
    }

    @Test func `costs two attempts more at most, where every one is suspect`() async throws {
        let answers = (1...9).map { Self.picture(greyRows: 60, seed: $0) }
        let (frames, requests) = try await frames(of: answers, slots: 1)
        #expect(frames.map { $0.suspicion?.kind } == [.greyFoot])
        #expect(requests == 3)
    }

    @Test func `is every one of a camera that leaves bytes over in each scan`() async throws {
        let answers = (UInt64(1)...24).map { seed in
            let picture = TestJPEG.picture(seed: seed)
            let odd =
                picture.cut(to: picture.bytes.count - 2) + (0..<651).map { UInt8($0 % 251) } + TestJPEG.endOfImage
            return ScriptedAnswer.http(body: ByteBuffer(bytes: odd.bytes))
        }
        let (frames, _) = try await frames(of: answers, slots: 6)
        #expect(frames.count >= 3)
        #expect(frames.allSatisfy { $0.suspicion?.kind == .oddScan })
    }

    // MARK: Seams

    private static func torn(_ seed: UInt64, by height: Int) -> ScriptedAnswer {
        let scene = TestScene(width: 320, height: 240, seed: seed).torn(fromRow: 7, column: 9, by: height)
        return .http(body: ByteBuffer(bytes: TestEncoding.baseline.encode(scene).bytes))
    }

    private static func whole(_ seed: UInt64) -> ScriptedAnswer {
        let scene = TestScene(width: 320, height: 240, seed: seed)
        return .http(body: ByteBuffer(bytes: TestEncoding.baseline.encode(scene).bytes))
    }

    @Test func `with a seam is asked for again, and kept and marked where the same bytes come`() async throws {
        let (frames, requests) = try await frames(of: [Self.whole(1), Self.torn(2, by: 20)], slots: 2)
        #expect(frames.map { $0.suspicion?.kind } == [nil, .seam])
        #expect(frames.last?.suspicion?.place == "from block row 8, column 10 on")
        #expect(requests == 3)
    }

    @Test func `is the scene where its seam comes back from fresh bytes, and is doubted no more`() async throws {
        let answers = [Self.whole(1)] + (2...9).map { Self.torn($0, by: 20) }
        let (frames, requests) = try await frames(of: answers, slots: 4)
        #expect(frames.count == 4)
        #expect(frames.allSatisfy { $0.suspicion == nil })
        #expect(requests == 5)
    }

    @Test func `is not the scene where the seam at that place is another`() async throws {
        let answers = [Self.whole(1), Self.torn(2, by: 20), Self.torn(3, by: 45), Self.torn(4, by: -20)]
        let (frames, _) = try await frames(of: answers, slots: 2)
        #expect(frames.map { $0.suspicion?.kind } == [nil, .seam])
    }
}
