import Care
import Catalog
import Foundation
import Testing
import Vocabulary

/// Together with ``KilledCaptureTests`` these are 1,000 kills.
@Suite(.timeLimit(.minutes(5))) struct `A writer that is killed in the midst of storing` {
    static let archives = 3
    static let killsOfEach = 300

    @Test(arguments: 1...archives)
    func `has lost nothing that it acknowledged, and stored nothing half`(number: Int) async throws {
        try await ProgramBench.with { bench in
            var acknowledged: [FrameID: String] = [:]
            for kill in 1...Self.killsOfEach {
                // Half of them die storing, however slow the machine is.
                let delay = kill.isMultiple(of: 2) ? "+\(Int.random(in: 0...30_000))" : "\(Int.random(in: 0...60_000))"
                let arguments = [bench.archive, "1000000", delay]
                let result = try await Program(arguments, of: "ArchiveWriter", in: bench.folder).result()
                #expect(result.status == SIGKILL)
                #expect(result.messages == "")
                for line in result.output.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard words.count == 2, words[1].count == 64, let id = Int64(words[0]) else { continue }
                    acknowledged[FrameID(id)] = String(words[1])
                }
                if kill.isMultiple(of: 60) { try await Self.expect(acknowledged, in: bench.archive) }
            }
            #expect(acknowledged.count > Self.killsOfEach)
        }
    }

    private static func expect(_ acknowledged: [FrameID: String], in archive: String) async throws {
        let catalog = try Catalog.open(at: archive)
        var kept: [FrameID: String] = [:]
        try await catalog.forEachFrame(FrameQuery()) { kept[$0.id] = "\($0.sha256)" }
        let lost = acknowledged.filter { kept[$0.key] != $0.value }
        #expect(lost.isEmpty, "acknowledged and gone or changed: \(lost.keys.sorted { $0.number < $1.number })")
        let report = try await catalog.verify()
        #expect(report.isSound, "\(report.damaged) \(report.problems)")
        try catalog.close()
    }
}
