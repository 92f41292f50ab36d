import Archive
import Foundation
import Machines
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

/// Through a real OpenStack Swift with its S3 interface.
@Suite(.enabled(if: RealStore.isInstalled)) struct `Machines that share an object store` {
    @Test func `are followed as from a folder, and a fork is seen`() async throws {
        let server = try RealStore()
        defer { server.stop() }
        let farm = try Farm()
        let location = server.location
        let open = { try StoreLocation(location).open(in: RealStore.environment) }
        let publish = { (machine: Machine) in
            try await machine.with(.sharing) {
                try await $0.publish(to: open(), as: MachineName(machine.name), at: .monthLater, limit: 5)
            }
        }
        let follow = {
            // A list may lag some seconds behind.
            var report = FollowReport()
            for _ in 0..<20 {
                report = try await farm.hub.with(.sharing) { try await $0.follow(open(), at: .monthLater) }
                if report.isWhole, report.machines.count == 2 { break }
                try await ContinuousClock().sleep(for: .milliseconds(500))
            }
            return report
        }
        var all: [String] = []
        for name in ["a", "b"] {
            let machine = farm.machine(name)
            try await machine.capture(Array(1...9), print: 3)
            #expect(try await publish(machine).segments > 2)
            all += try await machine.told()
        }
        let report = try await follow()
        #expect(report.isWhole, "\(report)")
        #expect(try await farm.hub.told() == all.sorted())

        let copy = Machine(name: "a", path: farm.folder("copy.sqlite"), store: farm.store)
        try FileManager.default.copyItem(atPath: farm.machine("a").path, toPath: copy.path)
        try await farm.machine("a").capture([20], from: .start + .seconds(900))
        _ = try await publish(farm.machine("a"))
        try await copy.capture([21], from: .start + .seconds(960))
        try await ContinuousClock().sleep(for: .seconds(5))
        await #expect(throws: MachineError.self) { try await publish(copy) }
    }
}

/// As `scripts/object-store` runs it.
private final class RealStore: Sendable {
    static let isInstalled = (try? run("check")) == 0
    static let environment = ["AWS_ACCESS_KEY_ID": "test:tester", "AWS_SECRET_ACCESS_KEY": "testing"]

    private let folder: TemporaryFolder
    private let port = Int.random(in: 600..<640) * 50
    var location: String { "s3://printlapse/farm?endpoint=http://127.0.0.1:\(port)" }

    struct Failure: Error {}

    init() throws {
        folder = try TemporaryFolder()
        guard try Self.run("start", folder.path, "\(port)") == 0 else { throw Failure() }
    }

    func stop() { _ = try? Self.run("kill", folder.path) }

    private static func run(_ words: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = Article.root.appending(path: "scripts/object-store")
        process.arguments = words
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
