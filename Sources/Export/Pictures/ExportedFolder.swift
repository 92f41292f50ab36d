/// A folder that may be an earlier export of ours.
enum ExportedFolder {
    /// A name in it that no export of ours put there; `nil` where there is none, and all of it can be made again.
    static func stranger(in folder: OpenFolder) throws(ExportError) -> String? {
        let names = try folder.names().sorted()
        guard names.contains(Bag.declarationName), try folder.kind(of: Bag.payloadFolder) == .folder else {
            return try stranger(in: folder, besides: [ChecksumList.fileName])
        }
        if let stranger = names.first(where: { !Bag.tagFiles.contains($0) && $0 != Bag.payloadFolder }) {
            return stranger
        }
        return try stranger(in: OpenFolder(Bag.payloadFolder, in: folder), besides: [])
    }

    private static func stranger(
        in folder: OpenFolder, besides others: [String]
    ) throws(ExportError) -> String? {
        let names = try folder.names().sorted()
        guard names.contains(ExportManifest.fileName) else { return names.first }
        guard let pictures = ExportManifest.pictures(in: folder) else { return ExportManifest.fileName }
        let ours = Set(pictures + others + [ExportManifest.fileName])
        return names.first { !ours.contains($0) }
    }
}
