internal import NIOCore
internal import Vocabulary

/// A picture in a source: where its bytes are, and what is known of it without reading them.
struct FoundPicture: Sendable {
    enum Place: Sendable {
        case file
        case entry(ZipArchive, ZipEntry)
    }

    /// As it is shown: the file's path, or the ZIP's path and the entry's name.
    let path: String
    let place: Place
    /// The folder that it lies in, whose pictures may be one series.
    let folder: String
    var name: PictureName
    let fileDate: ToldTime?
    /// What the manifest beside it says.
    let record: ExportedManifest.Frame?

    /// All of its bytes, or one more than the limit.
    func content(limit: ByteCount) throws(ZipProblem) -> ByteBuffer {
        switch place {
        case .file: try ReadableFile(path).read(Int(limit.bytes) + 1, at: 0)
        case .entry(let zip, let entry): try zip.content(of: entry, limit: limit)
        }
    }

    /// What Exif tells of its time.
    func exifTime() throws(ZipProblem) -> ToldTime? {
        let head =
            switch place {
            case .file: try ReadableFile(path).read(ExifTimes.headLength, at: 0)
            case .entry(let zip, let entry): try zip.head(of: entry, upTo: ExifTimes.headLength)
            }
        return ExifTimes.time(in: head)
    }
}
