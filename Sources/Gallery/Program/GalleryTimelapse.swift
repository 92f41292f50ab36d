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

extension GalleryTimelapse: Encodable {
    private enum Keys: String, CodingKey {
        case id, name, state, rule, camera, print, format, bytes, duration, frames, width, height, poster, request,
            problem
        case hint, progress
        case createdAt = "created_at"
    }

    private enum ProgressKeys: String, CodingKey {
        case framesDone = "frames_done"
        case framesTotal = "frames_total"
        case secondsLeft = "seconds_left"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(state, forKey: .state)
        try container.encode(rule, forKey: .rule)
        try container.encode(options.camera?.text, forKey: .camera)
        try container.encode(options.print, forKey: .print)
        try container.encode(createdAt.description, forKey: .createdAt)
        try container.encode(format, forKey: .format)
        try container.encode(bytes?.bytes, forKey: .bytes)
        try container.encode(seconds, forKey: .duration)
        try container.encode(frames, forKey: .frames)
        try container.encode(size?.width, forKey: .width)
        try container.encode(size?.height, forKey: .height)
        try container.encode(poster != nil, forKey: .poster)
        try container.encode(options, forKey: .request)
        try container.encode(problem, forKey: .problem)
        try container.encode(hint, forKey: .hint)
        var progress = container.nestedContainer(keyedBy: ProgressKeys.self, forKey: .progress)
        try progress.encode(framesDone, forKey: .framesDone)
        try progress.encode(framesTotal, forKey: .framesTotal)
        try progress.encode(secondsLeft, forKey: .secondsLeft)
    }
}
