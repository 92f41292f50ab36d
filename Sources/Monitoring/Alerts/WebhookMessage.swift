import Archive
import FoundationEssentials
import HTTP
import NIOCore
import Vocabulary

/// What a webhook is sent, as its kind wants it.
struct WebhookMessage {
    let alert: Alert
    /// The alert as a JSON document.
    let json: String
    var attachment: Attachment?
    var size = Size.asItIs

    enum Size {
        case asItIs
        /// A version is sent that was made to fit.
        case smaller
        /// The timelapse is too large for the service.
        case tooLarge
    }

    struct Attachment {
        let name: String
        let bytes: ByteBuffer

        /// - Returns: `nil` where the file cannot be read.
        init?(_ file: AttachmentChoice.Candidate, named name: String) {
            guard let data = try? Data(contentsOf: URL(filePath: file.path)) else { return nil }
            (self.name, bytes) = (name, ByteBuffer(bytes: data))
        }

        /// By its ending.
        var type: String {
            let types = [
                "mp4": "video/mp4", "webm": "video/webm", "gif": "image/gif", "webp": "image/webp", "jpg": "image/jpeg",
            ]
            return types[String(name.split(separator: ".").last ?? "").lowercased()] ?? "application/octet-stream"
        }
    }

    /// In words.
    private var text: String {
        switch size {
        case .asItIs: alert.text
        case .smaller: alert.text + " This is a smaller version."
        case .tooLarge: alert.text + " It is too large to be sent."
        }
    }

    func method(for kind: WebhookKind, boundary: String) -> HTTPExchangeMethod {
        switch kind {
        case .json: .post(json: ByteBuffer(string: json))
        case .multipart: form(naming: "event", json, file: "file", boundary)
        case .discord: discord(boundary)
        case .ntfy: ntfy
        }
    }

    private func discord(_ boundary: String) -> HTTPExchangeMethod {
        // It takes 2,000 characters, and mentions nobody: a print's name may have an “@everyone” in it.
        let message = Discord(content: String(text.prefix(2000)), mentions: .init(parse: []))
        let json = encoded(message)
        return attachment == nil
            ? .post(json: ByteBuffer(string: json)) : form(naming: "payload_json", json, file: "files[0]", boundary)
    }

    private struct Discord: Encodable {
        struct Mentions: Encodable { let parse: [String] }
        let content: String
        let mentions: Mentions

        private enum CodingKeys: String, CodingKey {
            case content
            case mentions = "allowed_mentions"
        }
    }

    private var ntfy: HTTPExchangeMethod {
        var headers = ["title": "Printlapse: \(alert.kind.rawValue)"]
        guard let attachment else {
            return .send(
                HTTPContent(type: "text/plain; charset=utf-8", headers: headers, bytes: ByteBuffer(string: text)))
        }
        headers["message"] = text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
        headers["filename"] = attachment.name
        return .send(HTTPContent(type: attachment.type, headers: headers, bytes: attachment.bytes))
    }

    /// RFC 7578.
    private func form(naming field: String, _ json: String, file: String, _ boundary: String) -> HTTPExchangeMethod {
        var bytes = ByteBuffer()
        bytes.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n")
        bytes.writeString("Content-Type: application/json\r\n\r\n\(json)\r\n")
        if let attachment {
            // A quote would end the name: browsers write it so.
            let name = attachment.name.replacing("\"", with: "%22")
            bytes.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file)\"; filename=\"\(name)\"\r\n")
            bytes.writeString("Content-Type: \(attachment.type)\r\n\r\n")
            bytes.writeImmutableBuffer(attachment.bytes)
            bytes.writeString("\r\n")
        }
        bytes.writeString("--\(boundary)--\r\n")
        return .send(HTTPContent(type: "multipart/form-data; boundary=\(boundary)", bytes: bytes))
    }

    private func encoded(_ value: some Encodable) -> String {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            preconditionFailure("texts always encode: \(error)")
        }
    }
}
