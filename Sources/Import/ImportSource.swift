internal import Foundation
internal import NIOCore

/// Something to import from, told by what it is and not by its name.
package enum ImportSource: Hashable, Sendable {
    /// A folder of pictures and ZIPs, with all folders in it.
    case folder(String)
    /// One JPEG.
    case picture(String)
    /// A ZIP of pictures.
    case zip(String)
    /// Another archive.
    case archive(String)

    /// Looks at the file's first bytes.
    ///
    /// - Throws: `unreadable`, `unknownKind`
    package init(at path: String) throws(ImportError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            self = .folder(path)
            return
        }
        let head: [UInt8]
        do { head = Array(try ReadableFile(RawPath(path)).read(16, at: 0).readableBytesView) } catch {
            throw .unreadable(path: path, reason: error.reason)
        }
        let kinds: [(beginning: [UInt8], source: ImportSource)] = [
            (Array("SQLite format 3\0".utf8), .archive(path)), ([0xFF, 0xD8], .picture(path)),
            (Array("PK".utf8) + [3, 4], .zip(path)), (Array("PK".utf8) + [5, 6], .zip(path)),
        ]
        let kind = kinds.first { head.starts(with: $0.beginning) }?.source
        // One that was cut short or is not whole yet is a picture or a ZIP to be named by what is wrong with it.
        guard
            let source = kind
                ?? PictureFinder.kind(ofFile: Array(path.utf8)[...]).map({ $0 == .zip ? .zip(path) : .picture(path) })
        else { throw .unknownKind(path: path) }
        self = source
    }
}
