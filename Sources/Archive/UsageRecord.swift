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

extension UsageRecord: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("camera", \.camera),
        Field("read_at", \.reading.readAt),
        Field("total", \.reading.total),
        Field("monthly_cap", \.reading.monthlyCap),
        Field("reset_at", \.reading.resetAt),
        Field("received", \.received),
        Field("proxied", \.proxied),
        Field("captures", \.captures),
    ]
}
