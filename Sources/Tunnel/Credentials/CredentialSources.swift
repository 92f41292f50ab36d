public import HTTP
internal import Synchronization
public import Vocabulary

/// Where tunnels and OctoPrint's API keys are found that no command line and no configuration names.
///
/// In this order: the variable `PRINTLAPSE_TUNNEL`, the file that `PRINTLAPSE_TUNNEL_FILE` names, the credentials of systemd
/// (`LoadCredential=tunnel:…` for a single camera, `tunnel.CAMERA:…` for one of several), and the store. Keys likewise:
/// `PRINTLAPSE_OCTOPRINT_KEY`, `PRINTLAPSE_OCTOPRINT_KEY_FILE`, `octoprint.CAMERA:…`, `octoprint:…`, the store.
///
/// The store is read once, when something of it is first asked for, however many cameras are asked about; whoever wants to
/// see what has changed since makes another value.
public struct CredentialSources: Sendable {
    public static let variable = "PRINTLAPSE_TUNNEL"
    public static let fileVariable = "PRINTLAPSE_TUNNEL_FILE"
    public static let keyVariable = "PRINTLAPSE_OCTOPRINT_KEY"
    public static let keyFileVariable = "PRINTLAPSE_OCTOPRINT_KEY_FILE"
    private static let serviceCredential = "tunnel"
    private static let keyCredential = "octoprint"

    public let store: CredentialStore
    private let environment: [String: String]
    private let stored: StoredTunnels

    public init(environment: [String: String], store: CredentialStore) {
        (self.environment, self.store) = (environment, store)
        stored = StoredTunnels(in: store)
    }

    /// The one tunnel that the environment names, whatever its camera is called.
    ///
    /// - Throws: ``TunnelError``, ``CredentialError``
    public func sharedEndpoint() throws -> TunnelEndpoint? {
        if let text = value(of: Self.variable) { return try TunnelEndpoint(parsing: text) }
        if let file = try file(namedBy: Self.fileVariable) { return try TunnelEndpoint(parsing: file.text.revealed) }
        return try serviceFile(Self.serviceCredential).map { try TunnelEndpoint(parsing: $0.text.revealed) }
    }

    /// A camera's own tunnel: systemd's credential of its name, else the store's.
    ///
    /// - Throws: ``TunnelError``, ``CredentialError``
    public func endpoint(of camera: CameraName) throws -> TunnelEndpoint? {
        if let file = try serviceFile("\(Self.serviceCredential).\(camera)") {
            return try TunnelEndpoint(parsing: file.text.revealed)
        }
        return try stored.tunnels()[camera]?.endpoint
    }

    /// The API key of the OctoPrint behind a camera's tunnel. One that the environment names is every camera's.
    ///
    /// - Returns: `nil` where there is none.
    public func octoPrintKey(of camera: CameraName) throws(CredentialError) -> Secret? {
        if let text = value(of: Self.keyVariable) { return try key(in: Secret(text), from: Self.keyVariable) }
        if let file = try file(namedBy: Self.keyFileVariable) {
            return try key(in: file.text, from: Self.keyFileVariable)
        }
        for name in ["\(Self.keyCredential).\(camera)", Self.keyCredential] {
            if let file = try serviceFile(name) { return try key(in: file.text, from: "systemd's credential \(name)") }
        }
        return try stored.tunnels()[camera]?.octoPrintKey
    }

    /// The API key of OctoPrint that a file holds.
    public func octoPrintKey(file path: String) throws(CredentialError) -> Secret {
        guard let file = try SecretFile(at: path) else {
            throw .system(call: "open", path: path, reason: "it is not there")
        }
        return try key(in: file.text, from: path)
    }

    /// The cameras of the store, by name.
    public func storedCameras() throws(CredentialError) -> [CameraName] {
        try stored.tunnels().keys.sorted()
    }

    /// The files in which these cameras' tunnels and keys are looked for; each need not be there.
    public func files(of cameras: some Sequence<CameraName>) -> Set<String> {
        var files: Set = [store.path]
        files.formUnion([Self.fileVariable, Self.keyFileVariable].compactMap(value))
        if let folder = value(of: "CREDENTIALS_DIRECTORY") {
            for credential in [Self.serviceCredential, Self.keyCredential] {
                files.insert("\(folder)/\(credential)")
                files.formUnion(cameras.map { "\(folder)/\(credential).\($0)" })
            }
        }
        return files
    }

    private func file(namedBy variable: String) throws(CredentialError) -> SecretFile? {
        guard let path = value(of: variable) else { return nil }
        guard let file = try SecretFile(at: path) else {
            throw .system(call: "open", path: path, reason: "\(variable) names it, and it is not there")
        }
        return file
    }

    private func serviceFile(_ name: String) throws(CredentialError) -> SecretFile? {
        guard let folder = value(of: "CREDENTIALS_DIRECTORY") else { return nil }
        return try SecretFile(at: "\(folder)/\(name)")
    }

    private func key(in text: Secret, from source: String) throws(CredentialError) -> Secret {
        guard let key = Secret(octoPrintKey: text.revealed) else { throw .noKey(source: source) }
        return key
    }

    private func value(of variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// What a store holds, or why it cannot be read: found out once.
private final class StoredTunnels: Sendable {
    private let store: CredentialStore
    private let reading = Mutex<Result<[CameraName: StoredTunnel], CredentialError>?>(nil)

    init(in store: CredentialStore) {
        self.store = store
    }

    func tunnels() throws(CredentialError) -> [CameraName: StoredTunnel] {
        let result = reading.withLock { reading in
            if let reading { return reading }
            let result = Result { () throws(CredentialError) in try store.tunnels() }
            reading = result
            return result
        }
        return try result.get()
    }
}
