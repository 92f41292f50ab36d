public import Vocabulary

/// A timelapse that was made, is being made or waits for it.
public struct GalleryTimelapse: Sendable {
    public enum State: String, CaseIterable, Codable, Sendable, FieldConvertible {
        case queued, rendering, made, failed, cancelled
    }

    public let id: String
    public var name: String
    public var state = State.queued
    /// The rule that made it by itself.
    public var rule: String?
    public var createdAt: Timestamp
    public var options: TimelapseOptions
    /// Its file, where it is made.
    public var path: String?
    public var bytes: ByteCount?
    public var seconds: Double?
    public var frames: Int?
    public var size: PixelSize?
    /// The last frame that went in.
    public var poster: FrameID?
    public var problem: String?
    public var hint: String?
    public var framesDone = 0
    public var framesTotal = 0
    public var secondsLeft: Double?

    public init(id: String, name: String, createdAt: Timestamp, options: TimelapseOptions) {
        (self.id, self.name, self.createdAt, self.options) = (id, name, createdAt, options)
    }

    public var format: TimelapseOptions.Format { options.format ?? .mp4 }
}

extension GalleryTimelapse: KeyedRecord {
    public static let fields: [Field<Self>] = [
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
