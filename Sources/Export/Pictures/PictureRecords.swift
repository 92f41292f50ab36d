internal import Archive
internal import Deduplication
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// Puts pictures into a container, and behind them what says and proves what they are: a manifest with checksums, or what a
/// bag has.
struct PictureRecords {
    private let isBag: Bool
    private let timeZone: TimeZone
    private let spools: SpoolFolder
    private var manifest: ExportManifest
    private var checksums: ChecksumList
    /// So that the same frames make the same bytes, files beside the pictures are dated like the last of these.
    private var lastDate = Timestamp(milliseconds: .min)
    private var bytes: Int64 = 0
    /// How many there are, folders not counted.
    private(set) var files = 0

    init(of request: ExportRequest, spools: SpoolFolder) throws(ExportError) {
        (isBag, timeZone, self.spools) = (request.bag, request.timeZone, spools)
        manifest = try ExportManifest(of: request, spools: spools)
        checksums = try ChecksumList(spools: spools)
    }

    mutating func add(
        _ frame: ArchivedFrame, _ picture: ByteBuffer, _ digest: SHA256Digest, as name: String,
        to container: inout any FileContainer
    ) throws(ExportError) {
        lastDate = max(lastDate, frame.capturedAt)
        let path = try add(name, .bytes(picture), date: frame.capturedAt, to: &container)
        try checksums.append(digest, path: path)
        try manifest.append(frame, file: name, size: picture.readableBytes, sha256: digest)
    }

    /// Adds what stands at the end.
    mutating func finish(
        skipped: [SkippedFrame], in container: inout any FileContainer
    ) throws(ExportError) {
        try manifest.finish(skipped: skipped)
        let path = try add(ExportManifest.fileName, .spool(manifest.text), date: lastDate, to: &container)
        guard isBag else {
            try checksums.finish()
            return try addBeside(ChecksumList.fileName, .spool(checksums.text), &container)
        }
        try checksums.append(SHA256Digest(of: .spool(manifest.text)), path: path)
        try checksums.finish()
        let now = Timestamp.wallClock
        let information = Bag.information(
            files: files, bytes: bytes, date: CivilTime(now + .seconds(timeZone.offset(at: now))))
        var tags = try ChecksumList(spools: spools)
        let tagFiles: [(String, FileContents)] = [
            (Bag.declarationName, .bytes(ByteBuffer(string: Bag.declaration))),
            (Bag.informationName, .bytes(ByteBuffer(string: information))),
            (Bag.manifestName, .spool(checksums.text)),
        ]
        for (name, contents) in tagFiles {
            try addBeside(name, contents, &container)
            try tags.append(SHA256Digest(of: contents), path: name)
        }
        try tags.finish()
        try addBeside(Bag.tagManifestName, .spool(tags.text), &container)
    }

    /// Adds a file to what the export is about, and returns its path.
    private mutating func add(
        _ name: String, _ contents: FileContents, date: Timestamp, to container: inout any FileContainer
    ) throws(ExportError) -> String {
        let path = isBag ? Bag.payloadFolder + "/" + name : name
        try container.add(path, contents, modified: date)
        files += 1
        bytes += contents.size
        return path
    }

    private mutating func addBeside(
        _ name: String, _ contents: FileContents, _ container: inout any FileContainer
    ) throws(ExportError) {
        try container.add(name, contents, modified: lastDate)
        files += 1
    }
}

extension SHA256Digest {
    fileprivate init(of contents: FileContents) throws(ExportError) {
        var hash = SHA256Hash()
        try contents.forEachPart { part throws(ExportError) in
            part.withUnsafeReadableBytes { hash.update($0) }
        }
        self = hash.digest()
    }
}
