public import Vocabulary

/// A usage reading, and what this program fetched between it and the reading before.
public struct UsageRecord: Hashable, Sendable {
    /// The camera whose tunnel was asked.
    public let camera: CameraName
    public let reading: UsageReading
    /// Bytes by all routes.
    public let received: ByteCount
    /// Those of them that came by calls through the tunnel to the printer.
    public let proxied: ByteCount
    /// Pictures fetched.
    public let captures: Int

    package init(
        camera: CameraName, reading: UsageReading, received: ByteCount, proxied: ByteCount, captures: Int
    ) {
        (self.camera, self.reading) = (camera, reading)
        (self.received, self.proxied, self.captures) = (received, proxied, captures)
    }
}

extension UsageRecord: Encodable {
    private enum Key: String, CodingKey {
        case camera, total, received, proxied, captures
        case readAt = "read_at"
        case monthlyCap = "monthly_cap"
        case resetAt = "reset_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(reading.readAt.description, forKey: .readAt)
        try container.encode(reading.total.bytes, forKey: .total)
        try container.encode(reading.monthlyCap?.bytes, forKey: .monthlyCap)
        try container.encode(reading.resetAt.description, forKey: .resetAt)
        try container.encode(received.bytes, forKey: .received)
        try container.encode(proxied.bytes, forKey: .proxied)
        try container.encode(captures, forKey: .captures)
    }
}
