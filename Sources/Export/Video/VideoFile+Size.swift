internal import Catalog
internal import Vocabulary

extension VideoFile {
    /// About how large the file becomes, by encoding a part of its frames with the very same settings.
    ///
    /// - Throws: what encoding throws; nothing is left of what was tried.
    func estimatedSize(of catalog: Catalog, trialFrames: Int?) async throws(ExportError) -> ByteCount {
        let shown = timeline.shownPlaces
        let coding = outputs[0].coding
        let keyFrames: Int? =
            if case .encoder = coding { VideoArguments.keyFrames(at: timeline.rate) } else { nil }
        let sample = SizeSample(
            of: shown.count, keyFrames: keyFrames,
            atMost: trialFrames ?? max(60, coding.pixelsToTry / max(1, size.area)))
        let part = timeline.part(sample.places.map { shown[$0] })
        let sizes = try await sizes(of: part, keysAt: sample.beginnings, catalog)
        var bytes = sample.bytes(of: sizes)
        if coding == .webp, !sample.isWhole {
            // Its encoder hands everything over at once.
            let beginnings = timeline.part(sample.stretches.map { shown[$0.lowerBound] })
            bytes = sample.bytes(
                ofSample: sizes.reduce(0, +),
                beginnings: try await self.sizes(of: beginnings, keysAt: [], catalog).reduce(0, +))
        }
        let total = bytes + timeline.frames.count * Self.frameRecord + Self.container
        return min(ByteCount(total), settings.largest ?? ByteCount(Int.max))
    }

    /// What a container says of each frame, and what stands in it beside them.
    private static let frameRecord = 14
    private static let container = 1500

    /// The sizes of a part's frames when they are encoded, in bytes, in the order in which they are shown.
    private func sizes(
        of part: VideoTimeline, keysAt keys: [Int], _ catalog: Catalog
    ) async throws(ExportError) -> [Int] {
        var frames = part.frames
        var pictures = pictures
        if case .sideBySide(let video) = pictures {
            let video = video.showing(part)
            (frames, pictures) = (video.frames, .sideBySide(video))
        }
        let spool = try Spool(in: .temporary())
        var output = VideoArguments.Output(
            format: outputs[0].format, coding: outputs[0].coding, quality: settings.quality, path: spool.path)
        if let most = settings.largest { output.limit = RateLimit(for: most, lasting: timeline.duration) }
        (output.isTrial, output.keysAt) = (true, keys.map { part.starts[$0] })
        var trials = [output]
        _ = try await with(part, pictures).encode(FrameFeed(catalog, frames), FrameSchedule(part), &trials) { _ in }
        return PacketSizes(list: try spool.everything()).sizes
    }
}

extension VideoCoding {
    /// So many pixels are encoded to see how large a video becomes: a few seconds' work.
    fileprivate var pixelsToTry: Int {
        switch self {
        case .encoder(let encoder) where encoder.codec == .h264: 100_000_000
        case .copy, .encoder, .gif, .webp: 60_000_000
        }
    }
}

/// What ffmpeg's list of packets says of their sizes (`-f framecrc`).
struct PacketSizes: Hashable, Sendable {
    /// In the order in which they are shown, which is another than the one they are stored in.
    let sizes: [Int]

    /// - Parameter list: lines such as `0, 12, 12, 1, 4012, 0x1f2e3d4c, F=0x0`: stream, stored at, shown at, duration, size, checksum.
    init(list: String) {
        let packets: [(shownAt: Int64, size: Int)] = list.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ",").map { $0.filter { $0 != " " } }
            guard !line.hasPrefix("#"), fields.count >= 6, let shownAt = Int64(fields[2]), let size = Int(fields[4])
            else { return nil }
            return (shownAt, size)
        }
        sizes = packets.sorted { $0.shownAt < $1.shownAt }.map(\.size)
    }
}
