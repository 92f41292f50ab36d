public import FoundationEssentials
public import Validation
public import Vocabulary

/// How pictures are imported.
public struct ImportSettings: Sendable {
    /// The camera under which all pictures are filed; `nil` for the one that a manifest names, else ``unnamedCamera``.
    public var camera: CameraName?
    /// Of times that come without an offset from UTC.
    public var timeZone: TimeZone
    /// The most that a picture may ask for.
    public var limits = FrameLimits()
    /// Finds out what would become of every picture, and stores none.
    public var isDryRun = false

    public init(camera: CameraName? = nil, timeZone: TimeZone = .current) {
        (self.camera, self.timeZone) = (camera, timeZone)
    }

    /// Where nothing names the camera.
    static let unnamedCamera: CameraName = {
        guard let camera = try? CameraName("printer") else { preconditionFailure("“printer” is a camera name") }
        return camera
    }()
}
