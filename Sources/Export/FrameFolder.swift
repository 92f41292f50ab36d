internal import Archive
internal import Vocabulary

/// Writes pictures into a folder: byte for byte as archived, named by camera and time and dated so, with a manifest
/// and checksums.
struct FrameFolder: FrameDestination {
    let request: ExportRequest
    let kind = OutputTarget.Kind.folder

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let folder = try partial.folder()
        var names = FrameFileNames()
        var manifest = try ExportManifest(in: folder, request: request)
        var checksums = try ChecksumList(in: folder)
        var bytes = 0

        try await feed.forEachPicture { picture in
            let name = names.name(camera: picture.frame.camera, at: picture.frame.capturedAt)
            var file = try OutputFile(name, in: folder)
            try file.put(picture.bytes)
            try file.setTimes(to: picture.frame.capturedAt)
            try manifest.append(picture, file: name)
            try checksums.append(picture.sha256, file: name)
            bytes += file.count
            progress(feed.progress())
            return nil
        }
        let tally = feed.tally
        bytes += try manifest.finish(skipped: tally.skipped)
        bytes += try checksums.finish()
        return WrittenOutput(files: tally.delivered + 2, frames: tally.delivered, bytes: Int64(bytes))
    }
}
