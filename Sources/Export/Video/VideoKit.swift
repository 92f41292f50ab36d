internal import Archive
internal import Catalog

/// What all videos of an export need, found before the frames are gone through, which can take a while.
struct VideoKit: Sendable {
    let ffmpeg: FFmpeg
    let encoders: EncoderList
    /// `nil` where no text is written.
    let font: FontFile?
    let run: EncoderRun
    let load: MachineLoad

    /// - Throws: where ffmpeg, an encoder, its text filter or a font is missing.
    init(
        for settings: VideoSettings, catalog: Catalog, searchPath: String?, stallLimit: Duration
    ) async throws(ExportError) {
        ffmpeg = try await FFmpeg.find(searchPath: searchPath)
        encoders =
            settings.isLossless
            ? .none : try await settings.encoder == nil ? ffmpeg.usableEncoders() : ffmpeg.encoders()
        if settings.labels.needFont {
            guard ffmpeg.writesText else { throw .ffmpegLacksEncoder("libass, which writes text") }
            font = try FontFile.installed()
        } else {
            font = nil
        }
        if let path = settings.labels.watermark?.picture { _ = try VideoPreparation.content(ofPicture: path) }
        load = MachineLoad(archive: catalog.path)
        run = EncoderRun(ffmpeg: ffmpeg, stallLimit: stallLimit, isGentle: load.isShared)
    }
}
