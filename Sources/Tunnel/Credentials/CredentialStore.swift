public import HTTP
public import Vocabulary

/// The tunnels that were authorized on this machine, by camera: one file that its user alone can read.
///
/// The folder has mode 0700 and the file 0600 from its first byte on. A file that others can read, that belongs to another
/// user, or that is a symbolic link is refused. Saving is atomic and durable, and serialized between processes by a lock.
public struct CredentialStore: Sendable {
    static let fileName = "credentials.json"
    private static let lockName = ".credentials.lock"
    private static let longest = 4 << 20

    /// The folder that the file lies in.
    public let folder: String
    private let patience: Duration

    public init(folder: String) {
        self.init(folder: folder, patience: .seconds(5))
    }

    /// - Parameter patience: for the lock.
    init(folder: String, patience: Duration) {
        (self.folder, self.patience) = (folder, patience)
    }

    /// The file's path.
    public var path: String { "\(folder)/\(Self.fileName)" }

    /// All tunnels; none where there is no file.
    public func tunnels() throws(CredentialError) -> [CameraName: StoredTunnel] {
        guard let folder = try PrivateFolder.existing(folder) else { return [:] }
        return try document(in: folder).tunnels
    }

    /// Makes sure, before a tunnel is asked for whose credentials are shown once, that it can be stored.
    public func prepare() throws(CredentialError) {
        try change { _ in false }
    }

    /// Stores a camera's tunnel, on disk when this returns. The API key that was got through an earlier one of the same server
    /// stays.
    ///
    /// - Returns: the tunnel in whose place it is.
    @discardableResult
    public func save(_ tunnel: StoredTunnel, of camera: CameraName) throws(CredentialError) -> StoredTunnel? {
        var earlier: StoredTunnel?
        try change { tunnels in
            earlier = tunnels.updateValue(tunnel.inheriting(from: tunnels[camera]), forKey: camera)
            return true
        }
        return earlier
    }

    /// Stores the API key of the OctoPrint behind a camera's tunnel, on disk when this returns.
    ///
    /// - Returns: whether there is such a tunnel; otherwise nothing is stored.
    public func save(octoPrintKey: Secret, of camera: CameraName) throws(CredentialError) -> Bool {
        var isThere = false
        try change { tunnels in
            isThere = tunnels[camera] != nil
            tunnels[camera]?.octoPrintKey = octoPrintKey
            return isThere
        }
        return isThere
    }

    /// Forgets a camera's tunnel with its key, both of which stay valid where they came from.
    ///
    /// - Returns: what was stored; `nil` where nothing was.
    @discardableResult
    public func remove(_ camera: CameraName) throws(CredentialError) -> StoredTunnel? {
        guard try tunnels()[camera] != nil else { return nil }
        var removed: StoredTunnel?
        try change { tunnels in
            removed = tunnels.removeValue(forKey: camera)
            return removed != nil
        }
        return removed
    }

    /// - Parameter edit: says whether anything is to be saved.
    private func change(_ edit: (inout [CameraName: StoredTunnel]) -> Bool) throws(CredentialError) {
        let folder = try PrivateFolder.forSaving(folder)
        try folder.locked(by: Self.lockName, patience: patience) { () throws(CredentialError) in
            var document = try document(in: folder)
            guard edit(&document.tunnels) else { return }
            let content: [UInt8]
            do {
                content = try document.encoded()
            } catch {
                throw .system(call: "encode", path: path, reason: "\(type(of: error))")
            }
            try folder.replace(Self.fileName, with: content)
        }
    }

    private func document(in folder: borrowing PrivateFolder) throws(CredentialError) -> CredentialDocument {
        guard let content = try folder.read(Self.fileName, atMost: Self.longest) else { return CredentialDocument() }
        return try CredentialDocument(decoding: content, path: path)
    }
}
