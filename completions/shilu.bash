# bash completion for shilu. Printed by: shilu --completion bash
# shellcheck shell=bash

# Offer those of some words that go on from what is typed.
_shilu_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
}

# The same for lines, which may hold anything, since files say what speakers are called: quoted
# so that the command line gets them as they are, and runs nothing.
_shilu_lines() {
    local line special typed=$word quoted=''
    case $word in
    [\'\"]*) quoted=${word:0:1} typed=${word:1} ;;
    esac
    [[ $quoted == \' ]] || typed=${typed//\\/}
    while IFS= read -r line; do
        [[ -n $line && ${line,,} == "${typed,,}"* ]] || continue
        case $quoted in
        \') line=${line//$quoted/$quoted\\$quoted$quoted} ;;
        \")
            for special in \\ \" \$ \`; do
                line=${line//"$special"/"\\$special"}
            done
            line=${line//!/$quoted\\!$quoted}
            ;;
        *) printf -v line %q "$line" ;;
        esac
        COMPREPLY+=("$quoted$line")
    done <<<"$1"
}

# The speakers of the files on the command line.
_shilu_speakers() {
    local name file files=()
    for name in "${COMP_WORDS[@]:1}"; do
        file=${name//\\/}
        file=${file#[\'\"]}
        file=${file%[\'\"]}
        [[ ! -f ${file/#\~\//$HOME/} ]] || files+=("${file/#\~\//$HOME/}")
    done
    [[ ${#files[@]} == 0 ]] || "$shilu" --list speakers -- "${files[@]}" 2>/dev/null
}

_shilu() {
    local shilu=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}
    local before=${COMP_WORDS[COMP_CWORD - 1]} command='' names='' skip='' i
    COMPREPLY=()
    # bash divides --name=value at the '='.
    if [[ $word == '=' ]]; then
        word=
    elif [[ $before == '=' ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ -n $skip ]]; then
            [[ ${COMP_WORDS[i]} == '=' ]] || skip=
            continue
        fi
        case ${COMP_WORDS[i]} in
        --input-format | --encoding | --layout | --max-ratio | --max-unpacked | --speakers | -s | --speaker | --from | --to | --question | --kind | --tag | -e | --regex | -m | --max-count | -A | --after-context | -B | --before-context | -C | --context | -f | --format | -o | --output | -w | --width | --beside | --diff | --color | --theme | --ambiguous | --config | --list | --completion) skip=1 ;;
        show | grep | speakers | timeline | figures | diff | notes | corrections | convert | check | index | help | version)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $command:$before in
    *:--input-format)
        _shilu_words 'jsonl json webvtt shown srt markdown ass transcriber sami sbv lrc microdvd quicktime-text realtext scc ebu-stl csv timecode-text rttm ctm stm trn html docx odt pdf akoma-ntoso tei hansard bundestag assemblee-nationale canada-commons australia-hansard elan exmaralda ohms textgrid chat ttml dcp srv1 whisper whisperx whisper-cpp podcast-json podcast-chapters youtube-json3 bilibili aws-transcribe aws-calls google-stt azure-stt deepgram rtzr iflytek assemblyai rev ibm-stt speechmatics kaldi funasr tencent-minutes ndl-diet ndl-diet-xml assembly-jp legco ly-gazette ly-interpellation sayit-sections utterances utterances-xml event-stream text plain'
        return
        ;;
    *:--encoding)
        _shilu_words 'utf-8 utf-16 utf-16le utf-16be utf-32 utf-32le utf-32be gb18030 big5 shift_jis euc-jp iso-2022-jp euc-kr windows-1252 windows-1250 windows-1251 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows-874 koi8-r koi8-u iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15'
        return
        ;;
    *:--layout)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--max-ratio)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--max-unpacked)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--speakers)
        :
        return
        ;;
    *:-s | *:--speaker)
        _shilu_lines "$(_shilu_speakers)"
        return
        ;;
    *:--from)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--to)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--question)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--kind)
        _shilu_words 'remark question answer heading'
        return
        ;;
    *:--tag)
        compopt +o default 2>/dev/null
        return
        ;;
    *:-e | *:--regex)
        compopt +o default 2>/dev/null
        return
        ;;
    *:-m | *:--max-count)
        compopt +o default 2>/dev/null
        return
        ;;
    *:-A | *:--after-context)
        compopt +o default 2>/dev/null
        return
        ;;
    *:-B | *:--before-context)
        compopt +o default 2>/dev/null
        return
        ;;
    *:-C | *:--context)
        compopt +o default 2>/dev/null
        return
        ;;
    speakers:-f | speakers:--format)
        _shilu_words 'text json csv'
        return
        ;;
    timeline:-f | timeline:--format)
        _shilu_words 'text json csv'
        return
        ;;
    figures:-f | figures:--format)
        _shilu_words 'text json csv'
        return
        ;;
    diff:-f | diff:--format)
        _shilu_words 'text json'
        return
        ;;
    *:-f | *:--format)
        _shilu_words 'text json jsonl markdown html csv srt vtt podcast-json sqlite'
        return
        ;;
    *:-o | *:--output)
        :
        return
        ;;
    *:-w | *:--width)
        compopt +o default 2>/dev/null
        return
        ;;
    *:--beside)
        :
        return
        ;;
    *:--diff)
        :
        return
        ;;
    *:--color)
        _shilu_words 'auto always never'
        return
        ;;
    *:--theme)
        _shilu_lines "$("$shilu" --list themes 2>/dev/null)"
        return
        ;;
    *:--ambiguous)
        _shilu_words 'auto narrow wide'
        return
        ;;
    *:--config)
        :
        return
        ;;
    *:--list)
        _shilu_words 'formats encodings themes keys keys-mdoc speakers'
        return
        ;;
    *:--completion)
        _shilu_words 'bash zsh fish'
        return
        ;;
    esac
    case $command in
    '') names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -w --width --beside --diff --color --theme --ambiguous --follow --config --list --completion -h --help -V --version' ;;
    show) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -w --width --beside --outline --color --theme --ambiguous -h --help -V --version' ;;
    grep) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -e --regex --exact -i --ignore-case -v --invert-match -m --max-count -r --recursive -c --count -l --files-with-matches -q --quiet -o --only-matching -n --line-number -H --with-filename -h --no-filename -Z --null -A --after-context -B --before-context -C --context --json -w --width --color --theme --ambiguous --help -V --version' ;;
    speakers) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output --color --theme --ambiguous -h --help -V --version' ;;
    timeline) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output -w --width --plot --color --theme --ambiguous -h --help -V --version' ;;
    figures) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output -w --width --color --theme --ambiguous -h --help -V --version' ;;
    diff) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections --exact -f --format -o --output --color --theme --ambiguous -h --help -V --version' ;;
    notes) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections --tag -f --format -o --output --raw-cells -h --help -V --version' ;;
    corrections) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output --color --theme --ambiguous -h --help -V --version' ;;
    convert) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --no-corrections -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -h --help -V --version' ;;
    check) names='--input-format --encoding --layout --max-ratio --max-unpacked --speakers --no-speakers --layouts -h --help -V --version' ;;
    index) names='--in-folder -h --help -V --version' ;;
    help) names='-h --help -V --version' ;;
    version) names='-h --help -V --version' ;;
    esac
    if [[ $word == -* ]]; then
        _shilu_words "$names"
    elif [[ $command == help ]]; then
        _shilu_words 'show grep speakers timeline figures diff notes corrections convert check index help version config environment examples files formats keys limits search'
    elif [[ -z $command && $word != *[\'\"\\/~]* ]]; then
        _shilu_words 'show grep speakers timeline figures diff notes corrections convert check index help version'
        # Files too, quoted by readline where a command is among the words.
        if [[ ${#COMPREPLY[@]} != 0 ]]; then
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
            compopt -o filenames 2>/dev/null
        fi
    fi
}

complete -o default -F _shilu shilu
