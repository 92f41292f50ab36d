internal import Foundation
internal import HTTP
internal import Vocabulary

/// The content of the credential file: JSON, for people to look at too.
///
/// ```json
/// {
///   "format": 2,
///   "tunnels": {
///     "printer": {
///       "endpoint": "https://USER:PASSWORD@0123456789abcdef.tunnels.app.obico.io:443",
///       "octoprint_key": "KEY",
///       "server": "https://app.obico.io",
///       "stored_at": "2026-11-23T14:05:00.250Z"
///     }
///   }
/// }
/// ```
///
/// Format 2 has keys of OctoPrint. A program that knows format 1 alone would read such a file, and leave the keys out when it saves
/// the next tunnel; so it must refuse it. A file without any key is written in format 1, for every program to read.
struct CredentialDocument {
    static let newestFormat = 2

    var tunnels: [CameraName: StoredTunnel] = [:]

    init() {}

    private struct Content: Codable {
        var format: Int
        var tunnels: [String: Entry]
    }

    private struct Entry: Codable {
        var endpoint: String
        var server: String?
        var octoPrintKey: String?
        var storedAt: String

        private enum CodingKeys: String, CodingKey {
            case endpoint, server
            case octoPrintKey = "octoprint_key"
            case storedAt = "stored_at"
        }
    }

    private struct Format: Decodable {
        var format: Int
    }

    /// - Parameter path: named in errors.
    init(decoding bytes: [UInt8], path: String) throws(CredentialError) {
        let data = Data(bytes)
        guard let format = try? JSONDecoder().decode(Format.self, from: data).format else {
            throw .damaged(path: path, what: "it is not a JSON object with a “format”")
        }
        guard format <= Self.newestFormat else { throw .tooNew(path: path, version: format) }
        // A decoder's error can quote what it met, which is a secret here.
        guard let content = try? JSONDecoder().decode(Content.self, from: data) else {
            throw .damaged(path: path, what: "its “tunnels” are not as written")
        }
        for (name, entry) in content.tunnels {
            let camera: CameraName
            do {
                camera = try CameraName(name)
            } catch {
                throw .damaged(path: path, what: error.description)
            }
            tunnels[camera] = try Self.tunnel(entry, of: camera, path: path)
        }
    }

    private static func tunnel(
        _ entry: Entry, of camera: CameraName, path: String
    ) throws(CredentialError) -> StoredTunnel {
        var key: Secret?
        if let text = entry.octoPrintKey {
            key = Secret(octoPrintKey: text)
            guard key != nil else {
                throw .damaged(path: path, what: "at “\(camera)”: “octoprint_key” is no API key")
            }
        }
        do {
            return StoredTunnel(
                endpoint: try TunnelEndpoint(parsing: entry.endpoint),
                server: try entry.server.map { try Origin(parsingServer: $0) },
                storedAt: try Timestamp(parsing: entry.storedAt, now: Timestamp(milliseconds: 0)),
                octoPrintKey: key)
        } catch {
            let what = (error as? TunnelError)?.description ?? "“stored_at” is not a time"
            throw .damaged(path: path, what: "at “\(camera)”: \(what)")
        }
    }

    func encoded() throws -> [UInt8] {
        let entries = tunnels.map { camera, tunnel in
            (
                camera.text,
                Entry(
                    endpoint: tunnel.endpoint.revealed.revealed, server: tunnel.server?.description,
                    octoPrintKey: tunnel.octoPrintKey?.revealed, storedAt: tunnel.storedAt.description)
            )
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let format = tunnels.values.contains { $0.octoPrintKey != nil } ? Self.newestFormat : 1
        let content = Content(format: format, tunnels: Dictionary(uniqueKeysWithValues: entries))
        return Array(try encoder.encode(content)) + [UInt8(ascii: "\n")]
    }
}
