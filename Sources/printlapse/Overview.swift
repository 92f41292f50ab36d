import ArgumentParser

/// What the program says where nothing is asked of it: what it does, how to begin, and its commands, on one screen of 80 × 24.
enum Overview {
    static var text: String {
        let groups = Printlapse.configuration.groupedSubcommands.map { group in
            let names = group.subcommands.compactMap { $0.configuration.commandName }
            return Self.row(group.name, names.joined(separator: " "))
        }
        return ([Printlapse.configuration.abstract.fitted(to: 79), "", beginning, ""] + groups + ["", ending])
            .joined(separator: "\n")
    }

    private static let beginning = """
        With an Obico server:                 printlapse authorize printer
        With a camera of your own:            printlapse cameras add garage --url URL
        then capture in the background:       printlapse capture
        and at any time:                      printlapse status
                                              printlapse export today.mp4 --day today
        """

    private static let ending = """
        “printlapse --help” says what each is for, “printlapse help COMMAND” teaches
        one, “printlapse doctor” checks the set-up.
        """

    private static func row(_ title: String, _ names: String) -> String {
        let indent = String(repeating: " ", count: 15)
        return title.padding(to: indent.count)
            + names.wrapped(to: 79 - indent.count).joined(separator: "\n" + indent)
    }
}
