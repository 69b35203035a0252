/* Month names. */
#include "shilu/text/month_names.h"

#include <stddef.h>

const char *const month_names_english[] = {
    "January", "February",  "March",   "April",    "May",      "June", "July",
    "August",  "September", "October", "November", "December", NULL};
const char *const month_names_other[] = {
    "Januar",       "Jänner",     "Februar",  "März",      "Mai",       "Juni",     "Juli",
    "Oktober",      "Dezember",   "janvier",  "février",   "mars",      "avril",    "mai",
    "juin",         "juillet",    "août",     "septembre", "octobre",   "novembre", "décembre",
    "enero",        "febrero",    "marzo",    "abril",     "mayo",      "junio",    "julio",
    "agosto",       "septiembre", "octubre",  "noviembre", "diciembre", "janeiro",  "fevereiro",
    "março",        "maio",       "junho",    "julho",     "setembro",  "outubro",  "novembro",
    "dezembro",     "gennaio",    "febbraio", "aprile",    "maggio",    "giugno",   "luglio",
    "settembre",    "ottobre",    "dicembre", "januari",   "februari",  "maart",    "mei",
    "augustus",     "december",   "января",   "февраля",   "марта",     "апреля",   "мая",
    "июня",         "июля",       "августа",  "сентября",  "октября",   "ноября",   "декабря",
    "січня",        "лютого",     "березня",  "квітня",    "травня",    "червня",   "липня",
    "серпня",       "вересня",    "жовтня",   "листопада", "грудня",    "stycznia", "lutego",
    "marca",        "kwietnia",   "maja",     "czerwca",   "lipca",     "sierpnia", "września",
    "października", "listopada",  "grudnia",  "Ocak",      "Şubat",     "Mart",     "Nisan",
    "Mayıs",        "Haziran",    "Temmuz",   "Ağustos",   "Eylül",     "Ekim",     "Kasım",
    "Aralık",       "जनवरी",      "फरवरी",    "मार्च",      "अप्रैल",      "मई",       "जून",
    "जुलाई",         "अगस्त",       "सितंबर",    "अक्टूबर",     "नवंबर",      "दिसंबर",    "يناير",
    "فبراير",       "مارس",       "أبريل",    "مايو",      "يونيو",     "يوليو",    "أغسطس",
    "سبتمبر",       "أكتوبر",     "نوفمبر",   "ديسمبر",    NULL};
