internal import Foundation
internal import HTTP
internal import NIOCore
internal import Vocabulary

/// The fields of a JSON object, read tolerantly: what kind a value has is for the reader to judge.
struct JSONFields {
    enum Value: Equatable {
        /// Missing, or `null`.
        case absent
        case text(String)
        case number(Double)
        case object([String: Value])
        /// A boolean or an array.
        case other

        /// A field of an object; absent from anything else.
        subscript(_ name: String) -> Value {
            if case .object(let fields) = self { fields[name] ?? .absent } else { .absent }
        }

        /// The text, unless it is empty.
        var text: String? {
            if case .text(let text) = self, !text.isEmpty { text } else { nil }
        }

        var number: Double? {
            if case .number(let number) = self { number } else { nil }
        }
    }

    private let fields: [String: Value]
    private let call: TunnelCall
    private let received: ByteCount

    /// - Throws: ``TunnelError/unreadable(_:received:)`` unless the body is a JSON object.
    init(decoding response: HTTPExchangeResponse, of call: TunnelCall) throws(TunnelError) {
        (self.call, received) = (call, response.received)
        let body = Data(response.body.readableBytesView)
        guard let fields = try? JSONDecoder().decode([String: Value].self, from: body) else {
            let isPage = body.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "<")
            throw .unreadable(isPage ? .html(call) : .notJSON(call), received: response.received)
        }
        self.fields = fields
    }

    subscript(_ name: String) -> Value { fields[name] ?? .absent }

    /// The error that says that a field cannot be used.
    func unusable(_ name: String) -> TunnelError {
        .unreadable(.field(name, call), received: received)
    }
}

extension JSONFields.Value: Decodable {
    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .absent
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Double.self), number.isFinite {
            self = .number(number)
        } else if let fields = try? value.decode([String: Self].self) {
            self = .object(fields)
        } else {
            self = .other
        }
    }
}
