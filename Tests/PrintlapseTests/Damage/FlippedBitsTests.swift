import Foundation
import TestSupport
import Testing

@Suite(.sweep) struct `A flipped bit in the first page` {
    /// What is asked of each: what opens it to read, to check, to put right, and to merge.
    private static let commands = [
        "frames --json", "stats --json", "verify --quick", "import ARCHIVE --archive OUT/merged.sqlite", "pin 3",
        "verify --repair", "frames --json",
    ]

    /// Bits of the header, and of the rest of the page.
    private static func bits(of sound: Data, part: Int, of parts: Int) -> [Int] {
        let header = Array(stride(from: 0, to: 100 * 8, by: SweepSize.isFull ? 1 : 7))
        let step = SweepSize.isFull ? 1 : 9973
        let page = Int(sound[16]) << 8 | Int(sound[17])
        let rest = Array(stride(from: 100 * 8, to: page * 8, by: step))
        return (header + rest).enumerated().filter { $0.offset % parts == part }.map(\.element)
    }

    @Test(arguments: 0..<4) func `ends no command, and keeps none from ending`(part: Int) async throws {
        let folder = try TemporaryFolder()
        _ = try await DamagedArchive.make(in: folder.url)
        await #expect(processExitsWith: .success, "\(Sweep.place(in: folder.url))") {
            [path = folder.url.path as String, part = part as Int] in
            let sweep = try Sweep(in: URL(filePath: path))
            let sound = try Data(contentsOf: URL(filePath: path).appending(path: "sound.sqlite"))
            for bit in Self.bits(of: sound, part: part, of: 4) {
                let how = "bit \(bit % 8) of byte \(bit / 8)"
                try await sweep.damaged(how) { archive in
                    var bytes = sound
                    bytes[bit / 8] ^= UInt8(1) << UInt8(bit % 8)
                    try bytes.write(to: archive)
                } _: { archive in
                    for line in Self.commands { try await sweep.run(line, archive, how) }
                }
            }
        }
    }
}
