public import Vocabulary

/// Where tunnels are found that no command line and no configuration names.
///
/// In this order: the variable `PRINTLAPSE_TUNNEL`, the file that `PRINTLAPSE_TUNNEL_FILE` names, the credentials of systemd
/// (`LoadCredential=tunnel:…` for a single camera, `tunnel.CAMERA:…` for one of several), and the store.
public struct CredentialSources: Sendable {
    public static let variable = "PRINTLAPSE_TUNNEL"
    public static let fileVariable = "PRINTLAPSE_TUNNEL_FILE"
    private static let serviceCredential = "tunnel"

    public let store: CredentialStore
    private let environment: [String: String]

    public init(environment: [String: String], store: CredentialStore) {
        (self.environment, self.store) = (environment, store)
    }

    /// The one tunnel that the environment names, whatever its camera is called.
    ///
    /// - Throws: ``TunnelError``, ``CredentialError``
    public func sharedEndpoint() throws -> TunnelEndpoint? {
        if let text = value(of: Self.variable) { return try TunnelEndpoint(parsing: text) }
        if let path = value(of: Self.fileVariable) {
            guard let file = try EndpointFile(at: path) else {
                throw CredentialError.system(
                    call: "open", path: path, reason: "\(Self.fileVariable) names it, and it is not there")
            }
            return try TunnelEndpoint(parsing: file.text.revealed)
        }
        return try serviceEndpoint(Self.serviceCredential)
    }

    /// A camera's own tunnel: systemd's credential of its name, else the store's.
    ///
    /// - Throws: ``TunnelError``, ``CredentialError``
    public func endpoint(of camera: CameraName) throws -> TunnelEndpoint? {
        if let endpoint = try serviceEndpoint("\(Self.serviceCredential).\(camera)") { return endpoint }
        return try store.tunnels()[camera]?.endpoint
    }

    /// The cameras of the store, by name.
    public func storedCameras() throws(CredentialError) -> [CameraName] {
        try store.tunnels().keys.sorted()
    }

    private func serviceEndpoint(_ name: String) throws -> TunnelEndpoint? {
        guard let folder = value(of: "CREDENTIALS_DIRECTORY"), let file = try EndpointFile(at: "\(folder)/\(name)")
        else { return nil }
        return try TunnelEndpoint(parsing: file.text.revealed)
    }

    private func value(of variable: String) -> String? {
        environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
}
