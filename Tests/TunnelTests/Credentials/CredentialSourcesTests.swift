import Foundation
import HTTP
import TestSupport
import Testing
import Tunnel
import Vocabulary

@Suite struct `A tunnel that nobody names` {
    private let folder: TemporaryFolder
    private let store: CredentialStore
    private let printer: CameraName

    init() throws {
        folder = try TemporaryFolder()
        store = CredentialStore(folder: folder.url.appending(path: "config").path)
        printer = try CameraName("printer")
        try store.save(
            StoredTunnel(endpoint: try Self.endpoint("store"), server: nil, storedAt: Timestamp(seconds: 0)),
            of: printer)
    }

    private static func endpoint(_ user: String) throws -> TunnelEndpoint {
        try TunnelEndpoint(parsing: "https://\(user):password@example.org")
    }

    /// Puts an endpoint into a file as services get theirs.
    private func file(_ name: String, _ user: String) throws -> String {
        let path = folder.url.appending(path: name).path
        try "https://\(user):password@example.org\n".write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func sources(_ environment: [String: String]) -> CredentialSources {
        CredentialSources(environment: environment, store: store)
    }

    @Test func `is the environment's, else its file's, else systemd's, else the store's`() throws {
        var environment = [
            "PRINTLAPSE_TUNNEL": "https://variable:password@example.org",
            "PRINTLAPSE_TUNNEL_FILE": try file("secret", "file"), "CREDENTIALS_DIRECTORY": folder.url.path,
        ]
        _ = try file("tunnel", "service")
        #expect(try sources(environment).sharedEndpoint() == Self.endpoint("variable"))
        environment["PRINTLAPSE_TUNNEL"] = ""
        #expect(try sources(environment).sharedEndpoint() == Self.endpoint("file"))
        environment["PRINTLAPSE_TUNNEL_FILE"] = nil
        #expect(try sources(environment).sharedEndpoint() == Self.endpoint("service"))
        environment["CREDENTIALS_DIRECTORY"] = nil
        #expect(try sources(environment).sharedEndpoint() == nil)
        #expect(try sources(environment).endpoint(of: printer) == Self.endpoint("store"))
    }

    @Test func `is a camera's own where systemd or the store have it by its name`() throws {
        _ = try file("tunnel.printer", "service")
        _ = try file("tunnel.garage", "garage")
        let service = sources(["CREDENTIALS_DIRECTORY": folder.url.path])
        #expect(try service.endpoint(of: printer) == Self.endpoint("service"))
        #expect(try service.endpoint(of: try CameraName("garage")) == Self.endpoint("garage"))
        #expect(try service.endpoint(of: try CameraName("loft")) == nil)
        #expect(try sources([:]).storedCameras() == [printer])
    }

    @Test func `is looked up in a store that is read once`() throws {
        let sources = sources([:])
        #expect(try sources.endpoint(of: printer) == Self.endpoint("store"))
        // What is asked next is answered from what was read: were it read again, it would be refused.
        chmod(store.path, 0o644)
        #expect(try sources.storedCameras() == [printer])
        #expect(try sources.octoPrintKey(of: printer) == nil)
        #expect(throws: CredentialError.self) { try self.sources([:]).storedCameras() }
    }

    @Test func `is named by files, for whoever wants to know of a change`() throws {
        let cameras = [printer, try CameraName("loft")]
        #expect(sources([:]).files(of: cameras) == [store.path])
        let environment = [
            "PRINTLAPSE_TUNNEL_FILE": "/t", "PRINTLAPSE_OCTOPRINT_KEY_FILE": "/k", "CREDENTIALS_DIRECTORY": "/c",
        ]
        #expect(
            sources(environment).files(of: cameras) == [
                store.path, "/t", "/k", "/c/tunnel", "/c/tunnel.printer", "/c/tunnel.loft", "/c/octoprint",
                "/c/octoprint.printer", "/c/octoprint.loft",
            ])
    }

    @Test func `comes with a key of its OctoPrint, found likewise`() throws {
        #expect(try sources([:]).octoPrintKey(of: printer) == nil)
        _ = try store.save(octoPrintKey: Secret("stored"), of: printer)
        for (name, text) in [("key", "file\n"), ("octoprint", "shared"), ("octoprint.printer", " own ")] {
            try text.write(toFile: folder.url.appending(path: name).path, atomically: true, encoding: .utf8)
        }
        var environment = [
            "PRINTLAPSE_OCTOPRINT_KEY": "variable",
            "PRINTLAPSE_OCTOPRINT_KEY_FILE": folder.url.appending(path: "key").path,
            "CREDENTIALS_DIRECTORY": folder.url.path,
        ]
        #expect(try sources(environment).octoPrintKey(of: printer) == Secret("variable"))
        environment["PRINTLAPSE_OCTOPRINT_KEY"] = nil
        #expect(try sources(environment).octoPrintKey(of: printer) == Secret("file"))
        environment["PRINTLAPSE_OCTOPRINT_KEY_FILE"] = nil
        #expect(try sources(environment).octoPrintKey(of: printer) == Secret("own"))
        #expect(try sources(environment).octoPrintKey(of: try CameraName("loft")) == Secret("shared"))
        #expect(try sources([:]).octoPrintKey(of: printer) == Secret("stored"))
        #expect(try sources([:]).octoPrintKey(of: try CameraName("loft")) == nil)
    }

    @Test(arguments: ["canary canary", "cänary", String(repeating: "canary", count: 100), " "])
    func `has no key where what should be one is none`(text: String) {
        let error = #expect(throws: CredentialError.self) {
            try sources(["PRINTLAPSE_OCTOPRINT_KEY": text]).octoPrintKey(of: printer)
        }
        #expect(error == .noKey(source: "PRINTLAPSE_OCTOPRINT_KEY"))
        #expect(error?.message.contains("canary") == false)
    }

    @Test func `is missed where the variable names a file that is not there`() {
        let sources = sources(["PRINTLAPSE_TUNNEL_FILE": "/nonexistent/tunnel"])
        let error = #expect(throws: CredentialError.self) { try sources.sharedEndpoint() }
        #expect(error?.description.contains("PRINTLAPSE_TUNNEL_FILE") == true)
    }

    @Test func `may lie where containers mount it, and is said to be exposed where it is one's own`() throws {
        let path = try file("secret", "file")
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        chmod(path, 0o644)
        #expect(try SecretFile(at: link)?.isExposed == true)
        chmod(path, 0o600)
        #expect(try SecretFile(at: link)?.isExposed == false)
        #expect(throws: CredentialError.notAFile(path: folder.url.path)) { try SecretFile(at: folder.url.path) }
    }
}
