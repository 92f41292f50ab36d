internal import Foundation
internal import NIOCore
internal import Vocabulary

/// Goes through sources and gathers what pictures there are, without reading them.
struct PictureFinder {
    /// May be taken out of it, so that they are not in memory twice.
    var pictures: [FoundPicture] = []
    private(set) var refused: [RefusedPicture] = []
    /// Files that are neither pictures nor ZIPs, previews and links.
    private(set) var otherFiles = 0

    enum FileKind { case picture, zip }

    /// By the name's ending; `nil` for everything else, previews (`.thumb.jpg`) among them.
    static func kind(ofFile name: ArraySlice<UInt8>) -> FileKind? {
        func ends(_ ending: String) -> Bool {
            name.suffix(ending.utf8.count).elementsEqual(ending.utf8) { $0 == $1 || $0 | 0x20 == $1 && $0.isLetter }
        }
        if ends(".zip") { return .zip }
        guard ends(".jpg") || ends(".jpeg") || ends(".jpe") else { return nil }
        return ends(".thumb.jpg") ? nil : .picture
    }

    mutating func search(_ source: ImportSource) throws(ImportError) {
        switch source {
        case .folder(let path):
            do { try search(PictureFolder(source: RawPath(path))) } catch {
                throw .unreadable(path: path, reason: error.reason)
            }
        case .picture(let path):
            let file = RawPath(path)
            addFile(Array(file.name), in: PictureFolder(source: file.parent), record: nil)
        case .zip(let path): addZip(RawPath(path), in: nil)
        case .archive: break
        }
    }

    // MARK: - Folders

    private mutating func search(_ folder: PictureFolder) throws(ZipProblem) {
        let names = try FolderListing(folder.place).names
        let manifest = manifest(in: folder, names)
        for name in names where name.first != UInt8(ascii: ".") {
            let path = folder.place.appending(name)
            var status = stat()
            guard path.withCString({ lstat($0, &status) }) == 0 else {
                refuse(path.shown, .unreadable(String(cString: strerror(errno))))
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                do { try search(PictureFolder(name, in: folder)) } catch { refuse(path.shown, error) }
            case S_IFREG:
                switch Self.kind(ofFile: name[...]) {
                case .picture: addFile(name, in: folder, record: manifest?[RawPath(name).shown])
                case .zip: addZip(path, in: folder)
                case nil: otherFiles += 1
                }
            // Links are left out: motion keeps one to its newest picture, and some lead in circles.
            default: otherFiles += 1
            }
        }
    }

    private mutating func addFile(_ name: [UInt8], in folder: PictureFolder, record: ExportedManifest.Frame?) {
        var status = stat()
        let isThere = folder.place.appending(name).withCString { stat($0, &status) } == 0
        // A time before 1970, or thousands of years from now, is none.
        let date = status.modifiedAt
        let isDate = isThere && date.isPlausible && date > Timestamp(milliseconds: 0)
        var picture = FoundPicture(.file(name), in: folder, name: name[...], date: isDate ? .instant(date) : nil)
        picture.record = record
        pictures.append(picture)
    }

    private mutating func manifest(in folder: PictureFolder, _ names: [[UInt8]]) -> ExportedManifest? {
        guard names.contains(ExportedManifest.fileName) else { return nil }
        let path = folder.place.appending(ExportedManifest.fileName)
        var reader = ManifestReader(pictures: names.count)
        do throws(ZipProblem) {
            let file = try ReadableFile(path)
            try file.forEachPiece(from: 0, upTo: file.size) { reader.take($0) }
            return try reader.manifest()
        } catch {
            refuse(path.shown, error)
            return nil
        }
    }

    // MARK: - ZIPs

    private mutating func addZip(_ path: RawPath, in parent: PictureFolder?) {
        let zip: ZipArchive
        do { zip = try ZipArchive(path) } catch { return refuse(path.shown, error) }
        let root = PictureFolder(zip, at: path, in: parent ?? PictureFolder(source: path.parent))
        var folders: [String: PictureFolder] = [:]
        var manifests: [Int] = []
        let first = pictures.count
        // Growing step by step has half as much again in memory.
        if zip.count > first { pictures.reserveCapacity(first + zip.count) }
        for index in 0..<zip.count {
            guard let entry = zip.entry(index) else { continue }
            let path = entry.path
            guard !path.hasSuffix("/") else { continue }
            let (folder, name) = (Self.folder(of: path, root, &folders), RawPath(path).name)
            if name.elementsEqual(ExportedManifest.fileName) { manifests.append(index) }
            guard Self.kind(ofFile: name) == .picture, name.first != UInt8(ascii: ".") else {
                otherFiles += 1
                continue
            }
            pictures.append(FoundPicture(.entry(UInt32(index)), in: folder, name: name, date: entry.changed))
        }
        for index in manifests { apply(manifest: index, of: zip, root, &folders, to: first...) }
    }

    private mutating func apply(
        manifest index: Int, of zip: ZipArchive, _ root: PictureFolder, _ folders: inout [String: PictureFolder],
        to places: PartialRangeFrom<Int>
    ) {
        guard let entry = zip.entry(index) else { return }
        var reader = ManifestReader(pictures: pictures.count - places.lowerBound)
        do throws(ZipProblem) {
            try zip.forEachPiece(of: entry) { reader.take($0) }
            guard let manifest = try reader.manifest() else { return }
            let folder = Self.folder(of: entry.path, root, &folders)
            for place in places.lowerBound..<pictures.count where pictures[place].folder === folder {
                pictures[place].record = manifest[RawPath.text(pictures[place].fileName)]
            }
        } catch {
            refuse(root.path + entry.path, error)
        }
    }

    /// The folder within the ZIP that an entry is in, one object for all its entries.
    private static func folder(
        of entry: String, _ root: PictureFolder, _ folders: inout [String: PictureFolder]
    ) -> PictureFolder {
        guard let slash = entry.utf8.lastIndex(of: UInt8(ascii: "/")) else { return root }
        let path = String(entry[..<slash])
        if let known = folders[path] { return known }
        // No packer nests as deep as a name of 64 KiB can.
        let isDeep = path.utf8.count { $0 == UInt8(ascii: "/") } > 32
        let folder = PictureFolder(
            Array(RawPath(path).name), inZipOf: isDeep ? root : self.folder(of: path, root, &folders),
            path: root.path + path)
        folders[path] = folder
        return folder
    }

    private mutating func refuse(_ path: String, _ problem: ZipProblem) {
        refused.add(RefusedPicture(PicturePlace(shown: path), problem))
    }
}
