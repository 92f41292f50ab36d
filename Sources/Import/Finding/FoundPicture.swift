internal import NIOCore
internal import Vocabulary

/// A picture in a source: where its bytes are, and what is known of it without reading them.
///
/// Millions of them are in memory at once: what many share stands in their folder and their ZIP.
struct FoundPicture: Sendable {
    enum Place: Sendable {
        /// By its name in the folder.
        case file([UInt8])
        /// By its number in the ZIP's list.
        case entry(ZipArchive, Int)
    }

    let place: Place
    /// The folder that it lies in, whose pictures may be one series.
    let folder: PictureFolder
    var name: PictureName
    let fileDate: ToldTime?
    /// What the manifest beside it says.
    var record: ExportedManifest.Frame?
    /// What Exif tells of its time, once that was looked for.
    var exif: ToldTime?

    /// As it is shown: the file's path, or the ZIP's path and the entry's name.
    var path: String {
        switch place {
        case .file(let name): folder.place.appending(name).shown
        case .entry(let zip, let index): folder.place.shown + "!" + (zip.entry(index)?.name ?? "")
        }
    }

    /// The name of the file or entry.
    var fileName: ArraySlice<UInt8> {
        switch place {
        case .file(let name): name[...]
        case .entry(let zip, let index): RawPath(zip.entry(index)?.name ?? "").name
        }
    }

    /// All of its bytes, or one more than the limit.
    func content(limit: ByteCount) throws(ZipProblem) -> ByteBuffer {
        switch place {
        case .file(let name):
            let count = Int(clamping: limit.bytes.addingSaturating(1))
            return try ReadableFile(folder.place.appending(name)).read(count, at: 0)
        case .entry(let zip, let index): return try zip.content(of: zip.requireEntry(index), limit: limit)
        }
    }

    /// What Exif tells of its time.
    func exifTime() throws(ZipProblem) -> ToldTime? {
        let head =
            switch place {
            case .file(let name):
                try ReadableFile(folder.place.appending(name)).read(ExifTimes.headLength, at: 0)
            case .entry(let zip, let index): try zip.head(of: zip.requireEntry(index), upTo: ExifTimes.headLength)
            }
        return ExifTimes.time(in: head)
    }
}
