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
    /// Files each picture under the name of its folder, the nearest that is more than a part of a date, unless ``camera`` is given.
    public var camerasByFolder = false
    /// When each camera's first picture was taken, whatever the pictures say: the others keep their distance from it, or have
    /// that of ``every``.
    public var start: Timestamp?
    /// Pictures are so far apart, in the order of their names.
    public var every: Duration?
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
