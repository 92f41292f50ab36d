import Archive
import Foundation
import Machines
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `A segment with which something is wrong` {
    let farm: Farm
    let machine: Machine

    /// Three segments of one machine, and one of another that is well.
    init() async throws {
        farm = try Farm()
        machine = farm.machine("rack")
        for number in 1...3 {
            try await machine.capture([number], from: .start + .seconds(60 * number))
            try await machine.publish()
        }
        let well = farm.machine("well")
        try await well.capture([9])
        try await well.publish()
    }

    private var segments: [String] { farm.segments.filter { !$0.contains(wellFolder) } }
    private var wellFolder: String {
        farm.segments.reduce(into: [String: Int]()) { $0[($1 as NSString).deletingLastPathComponent, default: 0] += 1 }
            .first { $0.value == 1 }?.key ?? "-"
    }

    private func problems() async throws -> [String?] {
        let report = try await farm.follow()
        #expect(!report.isWhole)
        #expect(report.machines.count == 2)
        // The other one goes on.
        #expect(report.machines.first { $0.name == "well" }?.segment == 1)
        return report.machines.filter { $0.name != "well" }.map(\.problem)
    }

    @Test func `that is missing is waited for`() async throws {
        let second = segments[1]
        try FileManager.default.moveItem(atPath: second, toPath: farm.folder("second"))
        #expect(try await problems() == ["segment_missing"])
        #expect(
            try await farm.hub.rows("SELECT segment || ' ' || behind FROM followed_machine WHERE problem IS NOT NULL")
                == ["1 2"])
        try FileManager.default.moveItem(atPath: farm.folder("second"), toPath: second)
        #expect(try await farm.follow().isWhole)
        #expect(Set(try await machine.told()).isSubset(of: Set(try await farm.hub.told())))
    }

    @Test func `whose bytes are others is left`() async throws {
        let second = segments[1]
        var bytes = try Data(contentsOf: URL(filePath: second))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: second))
        #expect(try await problems() == ["segment_wrong_bytes"])
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: second))
        #expect(try await farm.follow().isWhole)
    }

    /// What a program that follows the rules would never write, under a name that is right.
    @Test(arguments: [
        (#""version":1"#, #""version":2"#, "segment_newer"),
        (#""format":"printlapse catalog segment""#, #""format":"another""#, "segment_unreadable"),
        (#""number":3"#, #""number":4"#, "segment_unreadable"),
        (#""previous":""#, #""previous":"0"#, "machine_forked"),
        (#""width":96"#, #""width":9600000"#, "segment_unreadable"),
        (#""captured_at":"#, #""captured_at":-"#, "segment_unreadable"),
        (#""bytes":1"#, #""bytes":-1"#, "segment_unreadable"),
        (#""camera_id":1"#, #""camera_id":7"#, "segment_unreadable"),
        (#""source":""#, #""source":"x"#, "segment_unreadable"),
        (#"{"end":"#, #"{"end":1"#, "segment_unreadable"),
        (#"{"frame":"#, #"{"frame":{"#, "segment_unreadable"),
    ])
    func `that says what cannot be is refused whole`(old: String, new: String, label: String) async throws {
        let third = segments[2]
        let script = """
            import gzip, hashlib, os, sys
            path, old, new = sys.argv[1:]
            text = gzip.open(path).read().decode()
            assert old in text, text
            packed = gzip.compress(text.replace(old, new, 1).encode())
            os.remove(path)
            name = os.path.basename(path)[:10] + hashlib.sha256(packed).hexdigest() + ".jsonl.gz"
            open(os.path.join(os.path.dirname(path), name), "wb").write(packed)
            """
        try run("python3", "-c", script, third, old, new)
        #expect(try await problems() == [label])
        #expect(try await farm.hub.rows("SELECT segment FROM followed_machine WHERE problem IS NOT NULL") == ["2"])
    }

    @Test func `that unpacks to more than there is room for takes no more`() async throws {
        let third = segments[2]
        let script = """
            import gzip, hashlib, os, sys
            path = sys.argv[1]
            packed = gzip.compress(bytes(200 << 20))
            os.remove(path)
            name = os.path.basename(path)[:10] + hashlib.sha256(packed).hexdigest() + ".jsonl.gz"
            open(os.path.join(os.path.dirname(path), name), "wb").write(packed)
            """
        try run("python3", "-c", script, third)
        #expect(try await problems() == ["segment_unreadable"])
    }

    private func run(_ program: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

@Suite struct `A camera's name that two have` {
    @Test func `stops the second machine alone, until it has another one here`() async throws {
        let farm = try Farm()
        for name in ["a", "b"] {
            try await farm.machine(name).capture([1, 2], camera: "printer")
            try await farm.machine(name).publish()
        }
        try await farm.hub.capture([5], camera: "own")
        let report = try await farm.follow()
        #expect(report.machines.compactMap(\.problem) == ["camera_taken"])
        let second = try #require(report.machines.first { $0.problem != nil })
        #expect(second.hint?.contains("--rename '\(second.name)/printer=NAME'") == true, "\(second)")
        #expect(try await farm.hub.rows("SELECT count(*) FROM frame") == ["3"])
        let name = FollowedCameraName(machine: second.name, camera: try CameraName("printer"))
        #expect(try await farm.follow(calling: [name: CameraName("other printer")]).isWhole)
        #expect(try await farm.hub.rows("SELECT count(*) FROM frame") == ["5"])
        // Once is enough.
        try await farm.machine(second.name).capture([3], camera: "printer", from: .start + .seconds(120))
        try await farm.machine(second.name).publish()
        #expect(try await farm.follow().isWhole)
    }

    @Test func `is the hub's own where it captures`() async throws {
        let farm = try Farm()
        try await farm.hub.capture([5], camera: "printer")
        try await farm.machine("a").capture([1], camera: "printer")
        try await farm.machine("a").publish()
        let report = try await farm.follow()
        #expect(report.machines.map(\.problem) == ["camera_taken"])
        #expect(try await farm.hub.rows("SELECT count(*) FROM frame") == ["1"])
    }
}
