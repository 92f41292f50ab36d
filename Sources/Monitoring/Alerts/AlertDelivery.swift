import Archive
import FoundationEssentials
import HTTP
import NIOCore
import Vocabulary

/// Tells the handlers of alerts, one after the other. What fails is noted and disturbs nothing.
struct AlertDelivery: Sendable {
    var handlers: [EventHandler]
    let transport: any HTTPTransport
    /// Passes the time between attempts; it throws where there is no time left.
    let pause: @Sendable (Duration) async throws -> Void
    let tell: @Sendable (MonitoringMessage) -> Void
    var fit: TimelapseFitting?

    /// Between the attempts to post to a webhook.
    static let pauses: [Duration] = [.seconds(2), .seconds(10), .seconds(30)]

    func deliver(_ alert: Alert) async {
        let json: String
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            json = String(decoding: try encoder.encode(alert), as: UTF8.self)
        } catch {
            preconditionFailure("texts always encode: \(error)")
        }
        for handler in handlers where handler.events.contains(alert.kind) {
            await deliver(alert, json, to: handler.kind)
        }
    }

    private func deliver(_ alert: Alert, _ json: String, to kind: EventHandler.Kind) async {
        do {
            switch kind {
            case .command(let words): try await EventCommand(words: words).run(for: alert, json: json)
            case .webhook(let webhook): try await post(alert, json, to: webhook)
            }
            tell(.told(alert, by: kind.name))
        } catch let error as any ExplainedError {
            tell(.notTold(alert, by: kind.name, reason: error))
        } catch {
            // The job is ending, and no time is left for another attempt.
        }
    }

    private func post(_ alert: Alert, _ json: String, to webhook: Webhook) async throws {
        let message = await message(alert, json, for: webhook)
        let method = message.method(for: webhook.kind, boundary: "printlapse-\(UInt64.random(in: .min ... .max))")
        // A slow line needs its time for a film.
        let deadline = message.attachment == nil ? Duration.seconds(10) : .seconds(300)
        for pause in Self.pauses {
            guard let failure = await attempt(method, webhook, deadline) else { return }
            guard failure.mayPass, !Task.isCancelled else { throw failure }
            try await self.pause(pause)
        }
        if let failure = await attempt(method, webhook, deadline) { throw failure }
    }

    /// A file that is gone or cannot be read is left out: the event is told all the same.
    private func message(_ alert: Alert, _ json: String, for webhook: Webhook) async -> WebhookMessage {
        var message = WebhookMessage(alert: alert, json: json)
        guard let timelapse = alert.timelapse, webhook.kind != .json else { return message }
        let films = timelapse.files.prefix(1).map(\.path).compactMap(AttachmentChoice.Candidate.init(path:))
        if let film = films.first, film.bytes > webhook.largestFile,
            let path = await fit?(timelapse, webhook.largestFile)
        {
            defer { try? FileManager.default.removeItem(atPath: path) }
            if let smaller = AttachmentChoice.Candidate(path: path), smaller.bytes <= webhook.largestFile,
                let attachment = WebhookMessage.Attachment(smaller, named: film.name)
            {
                (message.attachment, message.size) = (attachment, .smaller)
                return message
            }
        }
        let posters = [timelapse.poster].compactMap(\.self).compactMap(AttachmentChoice.Candidate.init(path:))
        let (file, leavesOut) = AttachmentChoice(films + posters).chosen(atMost: webhook.largestFile)
        if leavesOut { message.size = .tooLarge }
        message.attachment = file.flatMap { WebhookMessage.Attachment($0, named: $0.name) }
        return message
    }

    /// - Returns: why it was not taken, if it was not.
    private func attempt(_ method: HTTPExchangeMethod, _ webhook: Webhook, _ deadline: Duration) async -> HTTPError? {
        do {
            try await webhook.send(method, through: transport, within: deadline)
            return nil
        } catch {
            return error
        }
    }
}

extension EventHandler.Kind {
    /// What it is called in messages; a webhook's path and query may be secrets, and a command's arguments.
    var name: String {
        switch self {
        case .command(let words): "“\((words.first ?? "").printable)”"
        case .webhook(let webhook): "the webhook at \(webhook)"
        }
    }
}

extension HTTPError {
    /// Whether another attempt may succeed where this one failed.
    fileprivate var mayPass: Bool {
        switch outcome {
        case .unauthorized, .noPicture: false
        default: true
        }
    }
}
