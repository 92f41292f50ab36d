import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite(.timeLimit(.minutes(2))) struct `A store with a bandwidth` {
    @Test func `lets bytes go at their rate, and makes nothing up`() {
        var pace = Pace(ByteCount(1000))
        let start = ContinuousClock.now
        #expect(pace.pause(before: 500, at: start) == .zero)
        #expect(pace.pause(before: 500, at: start) == .milliseconds(500))
        #expect(pace.pause(before: 1, at: start + .seconds(1)) == .zero)
        // An hour in which nothing went is no hour's worth of bytes.
        let later = start + .seconds(3600)
        #expect(pace.pause(before: 2000, at: later) == .zero)
        #expect(pace.pause(before: 1, at: later) == .seconds(2))
    }

    @Test func `in a folder is written and read no quicker than that`() async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder("store"), withIntermediateDirectories: false)
        let store = try StoreLocation(folder("store")).open(in: [:], atMost: ByteCount(1_000_000))
        try await store.prepare()
        let file = try folder.object("one", bytes: 1_000_000)
        let write = await ContinuousClock().measure { _ = try? await store.put(file, as: "one") }
        #expect(write > .milliseconds(700), "\(write)")
        var bytes: Int?
        let read = try await ContinuousClock().measure {
            bytes = try await store.read("one", 0..<1_000_000).readableBytes
        }
        #expect(read > .milliseconds(700), "\(read)")
        #expect(bytes == 1_000_000)
    }

    @Test(.enabled(if: MotoServer.isInstalled, "moto is not installed: scripts/setup --tests"))
    func `in a bucket is sent to no quicker than that, evenly, and is not taken for slow`() async throws {
        let moto = try await MotoServer.running()
        let place = try StoreLocation("s3://pictures/paced?endpoint=http://127.0.0.1:\(moto.port)")
        let folder = try TemporaryFolder()
        // Below what is taken for a dead line otherwise.
        let store = try place.open(in: MotoServer.environment, atMost: ByteCount(500_000))
        try await store.prepare()
        let file = try folder.object("one", bytes: 4_000_000)
        let time = try await ContinuousClock().measure { _ = try await store.put(file, as: "one.zip") }
        #expect(time > .seconds(2), "\(time)")
        #expect(try await store.size(of: "one.zip") == 4_000_000)
    }
}
