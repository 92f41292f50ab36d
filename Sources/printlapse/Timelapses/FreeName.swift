import Foundation

/// A name that nothing has.
enum FreeName {
    /// `folder/name`, or `folder/name (2).mp4` and so on where that is taken.
    static func path(for name: String, in folder: String, isTaken: (String) async throws -> Bool) async rethrows
        -> String
    {
        let slash = name.hasSuffix("/") ? "/" : ""
        let file = URL(filePath: folder).appending(path: slash.isEmpty ? name : String(name.dropLast()))
        let ending = slash.isEmpty && !file.pathExtension.isEmpty ? "." + file.pathExtension : ""
        let stem = ending.isEmpty ? file.lastPathComponent : file.deletingPathExtension().lastPathComponent
        var (path, number) = (folder + "/" + stem + ending, 2)
        while try await isTaken(path) {
            path = folder + "/\(stem) (\(number))\(ending)"
            number += 1
        }
        return path + slash
    }

    /// Whether something stands under it.
    static func isThere(_ path: String) -> Bool {
        // A link to nothing is something, too.
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }
}
