internal import Foundation
internal import NIOCore
internal import Vocabulary

/// Goes through sources and gathers what pictures there are, without reading them.
struct PictureFinder {
    private(set) var pictures: [FoundPicture] = []
    private(set) var refused: [RefusedPicture] = []
    /// Files that are neither pictures nor ZIPs, previews and links.
    private(set) var otherFiles = 0

    enum FileKind { case picture, zip }

    /// By the name's ending; `nil` for everything else, previews (`.thumb.jpg`) among them.
    static func kind(ofFile name: String) -> FileKind? {
        let name = name.lowercased()
        if name.hasSuffix(".zip") { return .zip }
        guard name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") || name.hasSuffix(".jpe") else { return nil }
        return name.hasSuffix(".thumb.jpg") ? nil : .picture
    }

    mutating func search(_ source: ImportSource) throws(ImportError) {
        switch source {
        case .folder(let path): try searchFolder(path)
        case .picture(let path): addFile(path, in: path.parentFolder, record: nil)
        case .zip(let path): addZip(path)
        case .archive: break
        }
    }

    private mutating func searchFolder(_ path: String) throws(ImportError) {
        do { try search(folder: path) } catch { throw .unreadable(path: path, reason: error.reason) }
    }

    private mutating func search(folder path: String) throws(ZipProblem) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .unreadable("the folder cannot be listed")
        }
        let manifest =
            names.contains(ExportedManifest.fileName) ? Self.manifest(path + "/" + ExportedManifest.fileName) : nil
        for name in names.sorted() where !name.hasPrefix(".") {
            let file = path + (path.hasSuffix("/") ? "" : "/") + name
            var status = stat()
            // Links are left out: motion keeps one to its newest picture, and some lead in circles.
            guard lstat(file, &status) == 0, status.st_mode & S_IFMT != S_IFLNK else {
                otherFiles += 1
                continue
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                do { try search(folder: file) } catch { refuse(file, error) }
                continue
            }
            switch Self.kind(ofFile: name) {
            case .picture: addFile(file, in: path, record: manifest?[name])
            case .zip: addZip(file)
            case nil: otherFiles += 1
            }
        }
    }

    private mutating func addFile(_ path: String, in folder: String, record: ExportedManifest.Frame?) {
        var status = stat()
        let isThere = stat(path, &status) == 0 && status.modifiedAt > Timestamp(milliseconds: 0)
        pictures.append(
            FoundPicture(
                path: path, place: .file, folder: folder, name: PictureName(path: path.absolutePath),
                fileDate: isThere ? .instant(status.modifiedAt) : nil, record: record))
    }

    private mutating func addZip(_ path: String) {
        do throws(ZipProblem) {
            let zip = try ZipArchive(path)
            // The ZIP stands for a folder: motionEye names that of a day by its date.
            let asFolder = String(path.absolutePath.dropLast(4))
            var manifests: [String: ExportedManifest] = [:]
            for entry in zip.entries where entry.name.lastPart == ExportedManifest.fileName {
                let content = try? zip.content(of: entry, limit: ExportedManifest.sizeLimit)
                manifests[entry.name.parentFolder] = content.flatMap(ExportedManifest.init)
            }
            for entry in zip.entries where !entry.isFolder {
                let name = entry.name.lastPart
                guard Self.kind(ofFile: name) == .picture, !name.hasPrefix(".") else {
                    otherFiles += 1
                    continue
                }
                let folder = entry.name.parentFolder
                pictures.append(
                    FoundPicture(
                        path: path + "!" + entry.name, place: .entry(zip, entry), folder: path + "!" + folder,
                        name: PictureName(path: asFolder + "/" + entry.name), fileDate: entry.modified,
                        record: manifests[folder]?[name]))
            }
        } catch {
            refuse(path, error)
        }
    }

    private static func manifest(_ path: String) -> ExportedManifest? {
        guard let file = try? ReadableFile(path), file.size <= ExportedManifest.sizeLimit.bytes,
            let content = try? file.read(Int(file.size), at: 0)
        else { return nil }
        return ExportedManifest(content)
    }

    private mutating func refuse(_ path: String, _ problem: ZipProblem) {
        refused.append(RefusedPicture(path: path, problem))
    }
}

extension String {
    /// What stands before the last `/`; empty where there is none.
    fileprivate var parentFolder: String { String(prefix(upTo: lastIndex(of: "/") ?? startIndex)) }

    /// So that the folder's name is there also where the path is `.` or begins in this folder.
    fileprivate var absolutePath: String { URL(fileURLWithPath: self).standardizedFileURL.path }

    fileprivate var lastPart: String { split(separator: "/").last.map(String.init) ?? "" }
}
