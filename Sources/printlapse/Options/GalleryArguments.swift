import ArgumentParser
import Gallery
import Vocabulary

/// What a gallery may be told, as flags of the command line: one for each ``GalleryOption``.
struct GalleryArguments: ParsableArguments {
    @Option(.listen) var listen: String?
    @Flag(.allowChanges) var allowChanges = false
    @Option(.passwordFile) var passwordFile: String?
    @Option(.behindProxy) var behindProxy: String?
    @Option(.host) var hosts: [String] = []
    @Option(.certificate) var certificate: String?
    @Option(.key) var key: String?
    @Option(.cache) var cache: String?
    @Option(.timelapses) var timelapses: String?
    @Flag(.metrics) var metrics = false

    func validate() throws { _ = try rules() }

    func rules() throws -> GalleryRules {
        var rules = GalleryRules()
        do throws(GalleryOptionError) {
            for option in GalleryOption.allCases {
                for text in words(of: option) { try option.set(text, in: &rules) }
            }
            try rules.check()
        } catch {
            throw ValidationError("--\(error.option.flag): \(error.description.asSentence) \(error.hint)")
        }
        return rules
    }

    private func words(of option: GalleryOption) -> [String] {
        switch option {
        case .listen: [listen].compactMap(\.self)
        case .allowChanges: allowChanges ? [""] : []
        case .passwordFile: [passwordFile].compactMap(\.self)
        case .behindProxy: [behindProxy].compactMap(\.self)
        case .host: hosts
        case .certificate: [certificate].compactMap(\.self)
        case .key: [key].compactMap(\.self)
        case .cache: [cache].compactMap(\.self)
        case .timelapses: [timelapses].compactMap(\.self)
        case .metrics: metrics ? [""] : []
        }
    }
}

extension GalleryOption {
    fileprivate var name: NameSpecification { .customLong(flag) }
    fileprivate var argumentHelp: ArgumentHelp { ArgumentHelp(stringLiteral: help) }
    fileprivate var valueHelp: ArgumentHelp { ArgumentHelp(help, valueName: valueName) }
    fileprivate var completion: CompletionKind? {
        guard case .path = form else { return nil }
        return self == .timelapses ? .directory : .file()
    }
}

extension Option where Value == String? {
    fileprivate init(_ option: GalleryOption) {
        self.init(name: option.name, help: option.valueHelp, completion: option.completion)
    }
}

extension Option where Value == [String] {
    fileprivate init(wrappedValue: [String], _ option: GalleryOption) {
        self.init(wrappedValue: wrappedValue, name: option.name, help: option.valueHelp)
    }
}

extension Flag where Value == Bool {
    fileprivate init(wrappedValue: Bool, _ option: GalleryOption) {
        self.init(wrappedValue: wrappedValue, name: option.name, help: option.argumentHelp)
    }
}
