package import Vocabulary

/// A frame that is missing from an export, and why.
package struct SkippedFrame: Hashable, Sendable, KeyedRecord {
    package let frame: FrameID
    package let camera: CameraName
    package let capturedAt: Timestamp
    package let reason: String

    package init(frame: FrameID, camera: CameraName, capturedAt: Timestamp, reason: String) {
        (self.frame, self.camera, self.capturedAt, self.reason) = (frame, camera, capturedAt, reason)
    }

    package static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("camera", \.camera), Field("captured_at", \.capturedAt),
        Field("reason", \.reason),
    ]
}
