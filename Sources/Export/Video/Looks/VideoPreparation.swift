internal import Catalog
internal import Foundation
internal import NIOCore
internal import Vocabulary

/// What a video's filters need that is made before the first frame: texts, levels of light and a watermark, in files
/// without names that ffmpeg opens through this process (proc_pid_fd(5)).
///
/// They are there as long as this object lives.
struct VideoPreparation {
    let chain: FilterChain
    private let spools: [Spool]

    init(
        _ chain: FilterChain, _ labels: VideoLabels, readings: [FrameReading], schedule: FrameSchedule,
        font: FontFile?
    ) throws(ExportError) {
        var (chain, spools) = (chain, [Spool]())
        if let font {
            let lettering = VideoLettering(
                labels, size: chain.size, font: font, readings: readings, schedule: schedule)
            chain.files.text = try Self.keep(Array(lettering.file.text.utf8), in: &spools)
        }
        let lights = readings.compactMap(\.light)
        if chain.looks.isLevelled, lights.count == readings.count {
            let levelling = LightLevelling(lights)
            let commands = LevelCommands(levelling.factors, readings, schedule)
            if !commands.text.isEmpty {
                chain.files.levels = try Self.keep(Array(commands.text.utf8), in: &spools)
            }
        }
        if let path = labels.watermark?.picture {
            chain.files.watermark = try Self.keep(Self.content(ofPicture: path), in: &spools)
        }
        (self.chain, self.spools) = (chain, spools)
    }

    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` for what is no picture that ffmpeg reads.
    static func content(ofPicture path: String) throws(ExportError) -> [UInt8] {
        guard let data = try? PlainFile(at: path, atMost: largestWatermark)?.bytes else {
            throw .unusableVideo(
                "the watermark “\(path.printable)” cannot be read", hint: "Name a PNG that is there, or give a text.")
        }
        let starts: [[UInt8]] = [[0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF]]
        guard starts.contains(where: { data.starts(with: $0) }) else {
            throw .unusableVideo(
                "the watermark “\(path.printable)” is no picture", hint: "Give a PNG or a JPEG, or a text.")
        }
        return data
    }

    private static let largestWatermark = 64 << 20

    private static func keep(_ bytes: [UInt8], in spools: inout [Spool]) throws(ExportError) -> String {
        var spool = try Spool(in: .temporary())
        try spool.append(bytes)
        try spool.finish()
        spools.append(spool)
        return spool.path
    }
}
