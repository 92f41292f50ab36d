package import FoundationEssentials
package import Validation
package import Vocabulary

/// How pictures are imported.
package struct ImportSettings: Sendable {
    /// The camera under which all pictures are filed; `nil` for the one that a manifest names, else ``unnamedCamera``.
    package var camera: CameraName?
    /// Of times that come without an offset from UTC.
    package var timeZone: TimeZone
    /// The most that a picture may ask for.
    package var limits = FrameLimits()
    /// Files each picture under the name of its folder, the nearest that is more than a part of a date, unless ``camera`` is given.
    package var camerasByFolder = false
    /// When each camera's first picture was taken, whatever the pictures say: the others keep their distance from it, or have
    /// that of ``every``.
    package var start: Timestamp?
    /// Pictures are so far apart, in the order of their names.
    package var every: Duration?
    /// Finds out what would become of every picture, and stores none.
    package var isDryRun = false

    package init(camera: CameraName? = nil, timeZone: TimeZone = .current) {
        (self.camera, self.timeZone) = (camera, timeZone)
    }

    /// Where nothing names the camera.
    static let unnamedCamera: CameraName = {
        guard let camera = try? CameraName("printer") else { preconditionFailure("“printer” is a camera name") }
        return camera
    }()
}
