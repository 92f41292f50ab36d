internal import Vocabulary

/// The names of exported pictures: camera and UTC time, `printer_20261123T140500.250Z.jpg`.
///
/// Frames come in the order of time, so only names of the same instant can collide; the second gets `-2`.
struct FrameFileNames {
    private var instant: Timestamp?
    private var taken: Set<String> = []

    /// A name that this value has not given before for this instant. Names that differ only in case count as one,
    /// because some file systems hold only one of them.
    mutating func name(camera: CameraName, at instant: Timestamp) -> String {
        if self.instant != instant {
            taken.removeAll(keepingCapacity: true)
            self.instant = instant
        }
        let stem = PortableName(camera.text).text + "_" + instant.fileNameText
        var name = stem
        var number = 1
        while !taken.insert(name.lowercased()).inserted {
            number += 1
            name = "\(stem)-\(number)"
        }
        return name + ".jpg"
    }
}
