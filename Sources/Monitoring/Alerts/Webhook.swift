package import HTTP
package import NIOCore
package import Vocabulary

/// An address that takes events: JSON documents, posted one by one.
///
/// Many services hide the receiver's secret in the path, so the description tells no more than the origin.
package struct Webhook: Hashable, Sendable, CustomStringConvertible {
    private let address: WebAddress
    private let credentials: BasicCredentials?
    package let kind: WebhookKind
    /// Of a file that goes with an event.
    package let largestFile: ByteCount

    /// Of an answer, which nobody looks at.
    private static let mostAnswered = ByteCount(8 * 1024 * 1024)

    /// Reads an absolute http or https URL; a user and a password in it are sent as Basic credentials.
    ///
    /// - Throws: ``HTTPError/address(_:of:)``
    package init(
        parsing text: String, kind: WebhookKind = .json, largestFile: ByteCount? = nil
    ) throws(HTTPError) {
        (self.kind, self.largestFile) = (kind, largestFile ?? kind.largestFile)
        (address, credentials) = try WebAddress.withCredentials(parsing: text, as: .webhook)
    }

    /// Scheme, host and port.
    package var description: String { address.origin.description }

    /// Posts a document. Redirects are not followed.
    ///
    /// - Parameter deadline: for the answer too, whose body is of no interest.
    /// - Throws: also where the answer is no success.
    package func post(
        _ json: ByteBuffer, through transport: any HTTPTransport, within deadline: Duration = .seconds(10)
    ) async throws(HTTPError) {
        try await send(.post(json: json), through: transport, within: deadline)
    }

    /// Sends a message. Redirects are not followed.
    func send(
        _ method: HTTPExchangeMethod, through transport: any HTTPTransport, within deadline: Duration
    ) async throws(HTTPError) {
        let fetch = Fetch(
            respondent: .webhook, redirects: .sameOrigin, deadline: deadline, limit: Self.mostAnswered)
        _ = try await fetch.response(
            to: address, method: method, credentials: credentials, through: transport)
    }
}

extension AddressRole {
    static let webhook = AddressRole(
        "webhook", subject: "The webhook's address",
        hint: "Give the whole address that the receiving service shows, beginning with https:// or http://.")
}

extension Respondent {
    static let webhook = Respondent("The webhook") { _ in
        "Check the webhook's address, and what its service says about messages that it refuses."
    }
}

extension Webhook: CustomDebugStringConvertible, CustomReflectable {
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
