/// Who is told of events: a command that is run, or a webhook that is posted to.
package struct EventHandler: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A program and its arguments, run without a shell. The program is looked up in `PATH` unless it is a path.
        case command([String])
        case webhook(Webhook)
    }

    package let kind: Kind
    /// The events that it is told of.
    package let events: Set<AlertKind>

    /// - Parameter events: by name; all of them where none is given.
    /// - Throws: ``EventHandlerError``
    package init(_ kind: Kind, events names: [String] = []) throws(EventHandlerError) {
        if case .command(let words) = kind {
            guard let program = words.first, !program.isEmpty else { throw .noProgram }
            // The program is started through env(1), to which such a word is a variable.
            guard !program.contains("="), !program.hasPrefix("-") else { throw .notAProgram(program) }
        }
        var events: Set<AlertKind> = []
        for name in names {
            guard let event = AlertKind(rawValue: name) else { throw .unknownEvent(name) }
            events.insert(event)
        }
        self.kind = kind
        self.events = events.isEmpty ? Set(AlertKind.allCases) : events
    }
}
