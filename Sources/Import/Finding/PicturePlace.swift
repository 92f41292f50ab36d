/// Where a picture or something else that is told of is, in sixteen bytes: what many share stands in their folder, and the text
/// is made when it is shown.
struct PicturePlace: Sendable {
    enum Name: Sendable {
        /// By its name in the folder.
        case file([UInt8])
        /// By its number in the list of the folder's ZIP.
        case entry(UInt32)
    }

    /// `nil` for what is not in a folder that was looked through.
    private let folder: PictureFolder?
    let name: Name

    init(_ name: Name, in folder: PictureFolder) { (self.name, self.folder) = (name, folder) }

    /// - Parameter path: as it is shown.
    init(shown path: String) { (name, folder) = (.file(Array(path.utf8)), nil) }

    /// As it is shown: the file's path, or the ZIP's path and the entry's name.
    var path: String {
        switch name {
        case .file(let name): folder?.place.appending(name).shown ?? RawPath.text(name[...])
        case .entry(let index): (folder?.place.shown ?? "") + "!" + (folder?.zip?.entry(Int(index))?.path ?? "")
        }
    }
}

/// Two are the same where they are shown alike.
extension PicturePlace: Hashable {
    static func == (left: PicturePlace, right: PicturePlace) -> Bool { left.path == right.path }

    func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
