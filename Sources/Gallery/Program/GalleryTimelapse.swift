package import Vocabulary

/// A timelapse that was made, is being made or waits for it.
package struct GalleryTimelapse: Sendable {
    package enum State: String, CaseIterable, Codable, Sendable, FieldConvertible {
        case queued, rendering, made, failed, cancelled
    }

    package let id: String
    package var name: String
    package var state = State.queued
    /// The rule that made it by itself.
    package var rule: String?
    package var createdAt: Timestamp
    package var options: TimelapseOptions
    /// Its file, where it is made.
    package var path: String?
    package var bytes: ByteCount?
    package var seconds: Double?
    package var frames: Int?
    package var size: PixelSize?
    /// The last frame that went in.
    package var poster: FrameID?
    package var problem: String?
    package var hint: String?
    package var framesDone = 0
    package var framesTotal = 0
    package var secondsLeft: Double?

    package init(id: String, name: String, createdAt: Timestamp, options: TimelapseOptions) {
        (self.id, self.name, self.createdAt, self.options) = (id, name, createdAt, options)
    }

    package var format: TimelapseOptions.Format { options.format ?? .mp4 }
}

extension GalleryTimelapse: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("id", \.id), Field("name", \.name), Field("state", \.state), Field("rule", \.rule),
        Field("camera", \.options.camera), Field("print", \.options.print), Field("created_at", \.createdAt),
        Field("format", \.format.rawValue), Field("bytes", \.bytes), Field("duration", \.seconds),
        Field("frames", \.frames),
        Field("width", \.size?.width), Field("height", \.size?.height), Field("poster") { $0.poster != nil },
        Field("request", \.options), Field("problem", \.problem), Field("hint", \.hint),
        Field("progress", \.progress),
    ]

    /// How far it has come.
    private var progress: [String: FieldValue] {
        [
            "frames_done": framesDone.fieldValue, "frames_total": framesTotal.fieldValue,
            "seconds_left": secondsLeft.fieldValue,
        ]
    }
}
