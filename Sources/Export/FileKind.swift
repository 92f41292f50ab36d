internal import CFileSystem
internal import Glibc

/// What can stand under a name.
enum FileKind: Hashable, Sendable {
    case file, folder, link, other
}
