package import Foundation

extension FileManager {
    /// Who may read and write a file or folder: the last twelve bits of its mode; `nil` where there is none.
    ///
    /// Asked of Foundation: which module the members of `struct stat` belong to is the compiler's choice from build to build.
    package func permissions(of path: String) -> Int? {
        (try? attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}
