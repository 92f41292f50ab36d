internal import Foundation
internal import Vocabulary

/// A folder, or one within a ZIP, in which pictures were found. Its pictures share it.
final class PictureFolder: Sendable {
    /// As it is shown.
    let path: String
    /// Where it is; for one within a ZIP, the ZIP.
    let place: RawPath
    /// Its own name, as it would be under its absolute path.
    let name: [UInt8]
    /// `nil` for a source itself.
    let parent: PictureFolder?
    /// The ZIP that it is or is in.
    let zip: ZipArchive?

    /// A folder on disk that is a source, or has one as its part.
    init(source: RawPath) {
        (place, path, parent, zip) = (source, source.shown, nil, nil)
        // So that the folder's name is there also where the path is `.` or begins in this folder.
        let text = String(decoding: source.bytes, as: UTF8.self)
        name = Array(URL(fileURLWithPath: text.isEmpty ? "." : text).standardizedFileURL.lastPathComponent.utf8)
    }

    /// A folder in another one.
    init(_ name: [UInt8], in parent: PictureFolder) {
        place = parent.place.appending(name)
        (path, self.name, self.parent, zip) = (place.shown, name, parent, nil)
    }

    /// A ZIP stands for a folder: motionEye names that of a day by its date.
    init(_ zip: ZipArchive, at path: RawPath, in parent: PictureFolder?) {
        (place, self.path, self.parent, self.zip) = (path, path.shown + "!", parent, zip)
        name = Array(path.name.dropLast(4))
    }

    /// A folder within a ZIP.
    init(_ name: [UInt8], inZipOf parent: PictureFolder, path: String) {
        (place, self.path, self.name, self.parent, zip) = (parent.place, path, name, parent, parent.zip)
    }

    /// - Throws: `unreadable` where there is none, which no entry's folder is without.
    func requireZip() throws(ZipProblem) -> ZipArchive {
        guard let zip else { throw .unreadable("it is in no ZIP") }
        return zip
    }

    /// The nearest folder whose name is more than a part of a date: the one that stands for the camera where each has its own.
    var ofCamera: PictureFolder {
        var folder = self
        while folder.isDated, let parent = folder.parent { folder = parent }
        return folder
    }

    /// A year that the name of this folder or of one above it tells.
    var year: Int? {
        if let date = DateStamp.date(in: name) { return date.year }
        return Self.year(name) ?? parent?.year
    }

    /// `2026-11-23`, `2026`, and `11` or `23` below such a one.
    private var isDated: Bool {
        if DateStamp.date(in: name) != nil || Self.year(name) != nil { return true }
        return name.count <= 2 && !name.isEmpty && name.allSatisfy(\.isDigit) && parent?.isDated == true
    }

    private static func year(_ name: [UInt8]) -> Int? {
        name.decimal(digits: 4).flatMap { (1990..<2100).contains($0) ? $0 : nil }
    }
}
