import Foundation
import Testing

@Suite struct `A flipped bit in the first page` {
    /// What is asked of each: what opens it to read, to check, to put right, and to merge.
    private static let commands = [
        "frames --json", "stats --json", "verify --quick", "import ARCHIVE --archive OUT/merged.sqlite", "pin 3",
        "verify --repair", "frames --json",
    ]

    @Test func `ends no command, and keeps none from ending`() async throws {
        let sweep = try await Sweep()
        let sound = try Data(contentsOf: sweep.sound)
        let page = Int(sound[16]) << 8 | Int(sound[17])
        // The header says what all the rest is, and is tried as often as that.
        let bits =
            SweepSize.sample(Array(0..<100 * 8), of: 8) + SweepSize.sample(Array(100 * 8..<page * 8), of: 6)
        for bit in bits {
            try await sweep.damaged("bit \(bit % 8) of byte \(bit / 8)", run: Self.commands) { archive in
                var bytes = sound
                bytes[bit / 8] ^= UInt8(1) << UInt8(bit % 8)
                try bytes.write(to: archive)
            }
        }
    }
}
