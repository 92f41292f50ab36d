internal import Archive
internal import Foundation
internal import Vocabulary

/// What a pack says of itself, as its last file: enough to know every picture again without the archive.
///
/// The same pictures make the same bytes whenever they are written, so that an offload that is begun anew finds what the one before
/// has put there.
struct PackManifest: Encodable {
    struct Picture: Encodable {
        /// The file's path within the pack.
        let name: String
        /// Where in the pack the picture's bytes begin.
        let start: Int64
        let bytes: Int
        /// Of these bytes: the frame's own digest, unless the picture was made smaller without loss.
        let sha256: String
        /// The first frame that shows it, as `printlapse frames --json` has it.
        let frame: ArchivedFrame
    }

    let format = "printlapse pack"
    let version = 1
    let camera: String
    let pictures: [Picture]

    /// Its name within the pack.
    static let name = "manifest.json"

    var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }
}
