internal import NIOCore
internal import Vocabulary

/// A picture in a source: where its bytes are, and what is known of it without reading them.
///
/// Millions of them are in memory at once, in 56 bytes each: what many share stands in their folder and their ZIP.
struct FoundPicture: Sendable {
    /// The folder that it lies in, whose pictures may be one series.
    let folder: PictureFolder
    private let file: PicturePlace.Name
    let name: PictureName
    private let date: CompactTime
    private var exifDate = CompactTime(nil)
    /// What the manifest beside it says.
    var record: ExportedManifest.Frame?

    init(_ file: PicturePlace.Name, in folder: PictureFolder, name: ArraySlice<UInt8>, date: ToldTime?) {
        (self.folder, self.file, self.date) = (folder, file, CompactTime(date))
        self.name = PictureName(name, inFolder: folder.name)
    }

    /// When its file was written, or the one that was packed.
    var fileDate: ToldTime? { date.told }

    /// What Exif tells of its time, once that was looked for.
    var exif: ToldTime? {
        get { exifDate.told }
        set { exifDate = CompactTime(newValue) }
    }

    var place: PicturePlace { PicturePlace(file, in: folder) }

    /// The name of the file or entry.
    var fileName: ArraySlice<UInt8> {
        switch file {
        case .file(let name): name[...]
        case .entry(let index): RawPath(folder.zip?.entry(Int(index))?.path ?? "").name
        }
    }

    /// All of its bytes, or one more than the limit.
    func content(limit: ByteCount) throws(ZipProblem) -> ByteBuffer {
        switch file {
        case .file(let name):
            let count = Int(clamping: limit.bytes.addingSaturating(1))
            return try ReadableFile(folder.place.appending(name)).read(count, at: 0)
        case .entry(let index):
            let zip = try folder.requireZip()
            return try zip.content(of: zip.requireEntry(Int(index)), limit: limit)
        }
    }

    /// What Exif tells of its time.
    func exifTime() throws(ZipProblem) -> ToldTime? {
        let head: ByteBuffer
        switch file {
        case .file(let name): head = try ReadableFile(folder.place.appending(name)).read(ExifTimes.headLength, at: 0)
        case .entry(let index):
            let zip = try folder.requireZip()
            head = try zip.head(of: zip.requireEntry(Int(index)), upTo: ExifTimes.headLength)
        }
        return ExifTimes.time(in: head)
    }
}
