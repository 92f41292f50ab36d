import ArgumentParser
import FoundationEssentials

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
