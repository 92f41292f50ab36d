internal import Vocabulary

/// Under which camera pictures are filed.
struct FolderCameras {
    private let settings: ImportSettings
    private var known: [ObjectIdentifier: CameraName] = [:]

    init(_ settings: ImportSettings) { self.settings = settings }

    mutating func camera(of picture: FoundPicture) -> CameraName {
        if let camera = settings.camera ?? picture.record?.camera { return camera }
        guard settings.camerasByFolder else { return ImportSettings.unnamedCamera }
        let folder = picture.folder.ofCamera
        if let camera = known[ObjectIdentifier(folder)] { return camera }
        let camera = Self.camera(named: RawPath.text(folder.name[...])) ?? ImportSettings.unnamedCamera
        known[ObjectIdentifier(folder)] = camera
        return camera
    }

    /// A camera's name made of a folder's: without what names of cameras may not have.
    static func camera(named folder: String) -> CameraName? {
        let printable = folder.unicodeScalars.filter { scalar in
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        var text = String(String.UnicodeScalarView(printable)).replacing("\\", with: "-").replacing("/", with: "-")
        text = String(text.drop { $0 == "." || $0 == "-" || $0.isWhitespace })
        while text.utf8.count > 64 || text.last?.isWhitespace == true { text.removeLast() }
        return try? CameraName(text)
    }
}
