internal import Archive
internal import Stores
internal import Vocabulary

/// A picture of a pack that is written.
struct DraftPicture: Hashable, Sendable {
    /// As it was captured.
    let sha256: SHA256Digest
    let content: Int64
    /// Of the bytes that are stored.
    let stored: SHA256Digest
    /// Where in the pack they are.
    let range: Range<Int64>
    /// How it is to be turned, by Exif's number.
    let orientation: Int
}

/// A pack as it lies beside the archive, whole, before it is put into a store.
struct PackDraft: Sendable {
    let path: String
    let size: Int64
    let sha256: SHA256Digest
    let camera: CameraName
    /// When the first frame was captured.
    let since: Timestamp
    let pictures: [DraftPicture]

    var file: ObjectFile { ObjectFile(path: path, size: size, sha256: sha256) }

    /// The object's name: by camera, time and content, in the folder of the archive's own packs.
    ///
    /// Only letters and digits of ASCII are letters and digits to every store.
    func name(in folder: String) -> String {
        let camera = String(
            PortableName(camera.text).text.unicodeScalars.map { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains(scalar))
                    ? Character(scalar) : "_"
            })
        return "\(folder)/\(camera)/\(since.fileNameText)-\(sha256).zip"
    }
}
