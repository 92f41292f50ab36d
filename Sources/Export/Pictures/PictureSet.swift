internal import Archive
internal import Deduplication
internal import NIOCore
internal import Vocabulary

/// Writes pictures into a folder, a ZIP or a tar, byte for byte as archived unless Exif data is asked for, named and dated
/// by their time, with a manifest and checksums at the end.
struct PictureSet: FrameDestination {
    let request: ExportRequest
    let packing: PicturePacking

    init(_ request: ExportRequest, in packing: PicturePacking) { (self.request, self.packing) = (request, packing) }

    var kind: OutputTarget.Kind {
        switch packing {
        case .folder: .folder
        case .zip, .tar: .file
        }
    }

    func leastBytes(of frames: [ExportCandidate]) -> ByteCount { frames.reduce(.zero) { $0 + $1.bytes } }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let spools = SpoolFolder(beside: partial)
        var container: any FileContainer
        switch kind {
        case .folder: container = FolderContainer(try partial.folder())
        case .file:
            let file = OutputFile(partial.file, path: partial.path)
            container = try self.container(over: file, name: partial.target.name, spools: spools)
        }
        return try await write(feed, into: &container, spools, progress)
    }

    /// Writes everything to a stream, such as standard output.
    func write(
        _ feed: FrameFeed, to stream: OutputFile, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let spools = try SpoolFolder.temporary()
        var container = try container(over: stream, name: "", spools: spools)
        return try await write(feed, into: &container, spools, progress)
    }

    private func container(
        over file: OutputFile, name: String, spools: SpoolFolder
    ) throws(ExportError) -> any FileContainer {
        // Everything lies in one folder, so that unpacking litters no other, and a bag is valid (RFC 8493, section 4).
        let folder = Self.folderName(for: name)
        switch packing {
        case .tar: return TarContainer(file, folder: folder)
        case .zip: return try ZipContainer(file, folder: folder, timeZone: request.timeZone, spools: spools)
        case .folder: throw .notStreamed(.folder)
        }
    }

    /// `lapse` for `lapse.zip`; `frames` where that is no name to unpack to.
    static func folderName(for output: String) -> String {
        let stem = PortableName(output.prefix(upTo: output.lastIndex(of: ".") ?? output.endIndex)).text
        return stem.isEmpty || ".-".contains(stem.prefix(1)) ? "frames" : stem
    }

    private func write(
        _ feed: FrameFeed, into container: inout any FileContainer, _ spools: SpoolFolder,
        _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        var names = PictureNames(template: request.names, timeZone: request.timeZone)
        var records = try PictureRecords(of: request, spools: spools)
        try await feed.forEachPicture(transformedBy: contents) { frame, file in
            let name = try names.name(of: NamedFrame(frame), number: file.number)
            if file.isUndated { feed.noteUndated() }
            try records.add(frame, file.bytes, file.sha256, as: name, to: &container)
            progress(feed.progress())
        }
        let tally = feed.tally
        guard tally.delivered > 0 else { throw .nothingReadable(tally.skipped.count) }
        try records.finish(skipped: tally.skipped, in: &container)
        let bytes = try container.finish()
        return WrittenOutput(
            files: kind == .folder ? records.files : 1, frames: tally.delivered, bytes: bytes,
            keepsDates: container.keepsDates)
    }

    /// A picture as it goes into its file.
    private struct Contents: Sendable {
        /// The frame's place in the export, from 1.
        let number: Int
        let bytes: ByteBuffer
        let sha256: SHA256Digest
        /// Whether its time was asked for and cannot be put there.
        let isUndated: Bool
    }

    @Sendable private func contents(of picture: FrameFeed.Picture) -> Contents {
        let stamped = stamped(picture)
        return Contents(
            number: picture.number, bytes: stamped ?? picture.bytes,
            sha256: stamped.map { SHA256Digest(hashing: $0) } ?? picture.sha256,
            isUndated: request.exif && stamped == nil)
    }

    /// The picture with its time in Exif data; `nil` where none is asked for or it cannot be put there.
    private func stamped(_ picture: FrameFeed.Picture) -> ByteBuffer? {
        guard request.exif else { return nil }
        let instant = picture.frame.capturedAt
        return ExifStamp(instant, offset: request.timeZone.offset(at: instant)).applied(to: picture.bytes)
    }
}
